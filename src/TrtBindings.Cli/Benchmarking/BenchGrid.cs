using System.Globalization;

namespace TrtBindings.Cli.Benchmarking;

/// <summary>The results side by side, as rows of text: a column for each result.</summary>
internal static class BenchGrid
{
    /// <summary>Shown where a backend has no such part.</summary>
    public const string NotApplicable = "-";

    /// <summary>What each figure means.</summary>
    public static IReadOnlyList<(string Figure, string Meaning)> Legend { get; } =
    [
        ("items/s", "items of the batch that all threads got done in a second"),
        ("end to end", "ms from the call to its return: copies, waiting and the model; with --rate from the due time"),
        ("upload, download", "ms on the GPU to copy inputs there and outputs back; measured in runs of their own"),
        ("compute", "ms of the model alone on the GPU"),
        ("enqueue", "ms of the processor to queue a run; the GPU waits for it if it is more than compute"),
        ("-", "not applicable: the backend has no such part"),
        ("median, p90, p99", "half, nine in ten, 99 in 100 runs were at most that long"),
        ("allocated", "bytes in the managed heap for a run"),
        ("memory", "host: the most of the process so far; GPU: engine, scratch and tensors"),
    ];

    /// <summary>Titles of the columns, the first of which is that of the figures.</summary>
    public static string[] Titles(BenchReport report) =>
    [
        "", .. report.Results.Select(one => Text($"{one.Name}, batch {one.Batch}")
            + (report.Results.Any(other => other.Threads > 1)
                ? Text($", {one.Threads} {(one.Threads == 1 ? "thread" : "threads")}") : "")),
    ];

    /// <summary>The rows: the figure's name, and its value in each result.</summary>
    public static IEnumerable<string[]> Rows(BenchReport report)
    {
        yield return Row("items/s", one => Text($"{one.ItemsPerSecond:N1}"));
        foreach (var row in Group("end to end", one => one.EndToEnd)) yield return row;
        foreach (var row in Group("upload", one => one.Upload)) yield return row;
        foreach (var row in Group("compute", one => one.Compute)) yield return row;
        foreach (var row in Group("download", one => one.Download)) yield return row;
        foreach (var row in Group("enqueue", one => one.Enqueue)) yield return row;
        yield return Row("runs", one => Text($"{one.Runs:N0}"));
        yield return Row("load", one => Text($"{one.LoadMilliseconds:N0} ms"));
        yield return Row("allocated", one => Text($"{one.AllocatedBytesPerRun:0} B"));
        yield return Row("memory, host", one => Text($"{one.HostBytes / 1048576.0:N0} MiB"));
        yield return Row("memory, GPU", one => one.GpuBytes is { } bytes ? Text($"{bytes / 1048576.0:N0} MiB")
            : one.Gpu is null ? NotApplicable : "not told");
        if (report.Results.All(one => one.Gpu is null)) yield break;
        yield return Row("clock, MHz", one => State(one, state => Text($"{state.ClockMedian} of {state.ClockMost}")));
        yield return Row("power, W", one => State(one, state => Text($"{state.WattsMean:0} to {state.WattsMax:0}")));
        yield return Row("heat, °C", one => State(one, state => Text($"{state.CelsiusMax}")));
        yield return Row("held back by", one => State(
            one, state => state.Throttled.Count == 0 ? "nothing" : string.Join(", ", state.Throttled)));

        string[] Row(string name, Func<BenchResult, string> value) => [name, .. report.Results.Select(value)];

        IEnumerable<string[]> Group(string name, Func<BenchResult, Figures?> of)
        {
            // A part that no backend here has is one line that says so.
            if (report.Results.All(one => of(one) is null))
            {
                yield return Row(name, _ => NotApplicable);
                yield break;
            }

            yield return Row($"{name}, min", one => Ms(of(one)?.Min));
            yield return Row($"{name}, median", one => Ms(of(one)?.Median));
            yield return Row($"{name}, p90", one => Ms(of(one)?.P90));
            yield return Row($"{name}, p99", one => Ms(of(one)?.P99));
        }
    }

    private static string State(BenchResult result, Func<Nvml.GpuState, string> text) =>
        result.Gpu is null ? NotApplicable : result.State is { } state ? text(state) : "not available";

    /// <summary>As many digits as a time has worth showing.</summary>
    private static string Ms(double? milliseconds) => milliseconds switch
    {
        null => NotApplicable,
        < 10 => Text($"{milliseconds:0.000}"),
        < 100 => Text($"{milliseconds:0.00}"),
        _ => Text($"{milliseconds:N1}"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
