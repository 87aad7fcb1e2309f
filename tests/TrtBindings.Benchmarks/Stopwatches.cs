using System.Diagnostics;

namespace TrtBindings.Benchmarks;

/// <summary>Medians of many calls.</summary>
internal static class Stopwatches
{
    private const int WarmUps = 40;
    private const int Calls = 101;
    private const int Series = 9;

    /// <summary>Milliseconds that a call takes.</summary>
    public static double Median(Action call)
    {
        var times = new double[Calls];
        for (var i = -WarmUps; i < Calls; i++)
        {
            var started = Stopwatch.GetTimestamp();
            call();
            if (i >= 0) times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        return Benchmarks.Median.Of(times);
    }

    /// <summary>
    /// The least of several medians, for a bar in milliseconds: whatever else runs on the machine only makes a call slower.
    /// </summary>
    public static double Quietest(Action call)
    {
        var least = double.MaxValue;
        for (var i = 0; i < Series; i++) least = Math.Min(least, Median(call));
        return least;
    }

    /// <summary>Bytes that a warm call allocates.</summary>
    public static long Bytes(Action call)
    {
        var least = long.MaxValue;
        for (var i = 0; i < 8; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
