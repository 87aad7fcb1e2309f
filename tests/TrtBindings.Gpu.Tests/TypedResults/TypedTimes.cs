using System.Diagnostics;
using TrtBindings.Gpu.Tests.Figures;

namespace TrtBindings.Gpu.Tests.TypedResults;

/// <summary>How long a typed call takes from picture to result, on both backends.</summary>
internal static class TypedTimes
{
    private const int WarmUpCalls = 5;
    private const int CallsOnGpu = 50;
    private const int CallsOnCpu = 10;

    /// <summary>Reports the median for one picture.</summary>
    /// <param name="what">The engine, and what it is given.</param>
    /// <param name="pictures">Pictures of one call.</param>
    /// <param name="cpu">A call on the CPU.</param>
    /// <param name="gpu">The same on TensorRT.</param>
    public static void Report(string what, int pictures, Action cpu, Action gpu)
    {
        var (onCpu, onGpu) = (Median(cpu, CallsOnCpu) / pictures, Median(gpu, CallsOnGpu) / pictures);
        FigureLog.Report("time of a typed call", what,
            $"{FigureLog.Text(onGpu, "ms", 3)} a picture, {FigureLog.Text(onCpu, "ms", 3)} on the CPU");
    }

    private static double Median(Action call, int count)
    {
        for (var i = 0; i < WarmUpCalls; i++) call();
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            call();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return Statistics.Median(times);
    }
}
