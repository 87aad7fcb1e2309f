using System.Diagnostics;

namespace TrtBindings.Cli.Benchmarking;

/// <summary>
/// Due times of an open loop: requests come at a rate, as from outside, and do not wait for earlier ones. A run that begins late
/// because the ones before it took too long has the wait in its latency.
/// </summary>
internal sealed class OpenSchedule(double rate, long first, int count)
{
    /// <summary>Below this a sleep is too coarse, and the thread spins.</summary>
    private static readonly TimeSpan Spins = TimeSpan.FromMilliseconds(2);

    private int _next;
    private long _latest;

    /// <summary>How long after its due time the latest run began.</summary>
    public TimeSpan LatestStart => Stopwatch.GetElapsedTime(0, _latest);

    /// <summary>Takes the next request.</summary>
    /// <param name="due">Its due time, in ticks of <see cref="Stopwatch"/>.</param>
    /// <returns>False if there are no more.</returns>
    public bool TryTake(out long due)
    {
        var index = Interlocked.Increment(ref _next) - 1;
        due = first + (long)(index / rate * Stopwatch.Frequency);
        return index < count;
    }

    /// <summary>Waits until a time: asleep while it is far, and in a loop at the end.</summary>
    public static void WaitUntil(long due)
    {
        while (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is var left && left > TimeSpan.Zero)
        {
            if (left > Spins) Thread.Sleep(left - Spins);
            else Thread.SpinWait(20);
        }
    }

    /// <summary>Notes how late a run begins.</summary>
    public void NoteStart(long due)
    {
        var late = Stopwatch.GetTimestamp() - due;
        var known = Volatile.Read(ref _latest);
        while (late > known)
        {
            var before = Interlocked.CompareExchange(ref _latest, late, known);
            if (before == known) return;
            known = before;
        }
    }
}
