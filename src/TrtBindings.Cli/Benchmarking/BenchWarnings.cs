using System.Globalization;

namespace TrtBindings.Cli.Benchmarking;

/// <summary>Says where something else than the model decides the figures.</summary>
internal static class BenchWarnings
{
    private const double Much = 0.8;
    private const double Spread = 3;
    private const double NearlyAll = 0.98;

    /// <summary>What a reader should know about a result.</summary>
    public static IEnumerable<string> Of(BenchResult result, BenchSettings settings)
    {
        var (compute, copies) = (result.Compute?.Median ?? 0, (result.Upload?.Median ?? 0) + (result.Download?.Median ?? 0));
        if (result.Enqueue is { } enqueue && enqueue.Median > Much * compute)
        {
            yield return Text($"The host is the limit: it needs {enqueue.Median:0.000} ms to queue a run, and the GPU ")
                + Text($"{compute:0.000} ms to compute it. A larger batch or several threads keep the GPU busy.");
        }

        if (result.Compute is not null && copies > compute)
        {
            yield return Text($"Copies take longer ({copies:0.000} ms) than the model ({compute:0.000} ms). ")
                + "Prepare pictures and make results on the GPU, so that they stay there.";
        }

        if (result.State is { Throttled.Count: > 0 } state)
            yield return $"The GPU was held back by: {string.Join(", ", state.Throttled)}. The figures hold for this state only.";
        if (settings.Rate is { } rate)
        {
            var done = result.ItemsPerSecond / result.Batch;
            if (done < NearlyAll * rate)
            {
                yield return Text($"The rate was not kept: {done:0.0} of {rate:0.0} runs a second were done, and the ")
                    + Text($"latest began {result.LatestStartMilliseconds:0} ms after it was due. Latencies grow as long as the ")
                    + "rate is kept up."
                    + (result.NotBegun > 0 ? Text($" {result.NotBegun} runs were not begun within twice the duration.") : "");
            }
        }
        else if (result.EndToEnd.P99 > Spread * result.EndToEnd.Median)
        {
            yield return Text($"One run in a hundred takes {result.EndToEnd.P99 / result.EndToEnd.Median:0.0} times the median. ")
                + "Something else uses the machine, or it saves power.";
        }

        if (result.Gpu is null && result.Threads > 1)
        {
            yield return Text($"On the processor each of the {result.Threads} runs uses all {Environment.ProcessorCount} cores ")
                + "by itself: more threads mostly make each run slower.";
        }

        if (result.AllocatedBytesPerRun >= 1)
        {
            yield return Text($"A run allocates {result.AllocatedBytesPerRun:0} bytes in the managed heap, which it should not.");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
