using TrtBindings.Graphs.Tests.Support;

namespace TrtBindings.Benchmarks;

/// <summary>FP16 and INT8 of a gigabyte of weights, and damaged models through reader, converter and writer.</summary>
internal static class ConversionRows
{
    private const int Mutations = 10_000;
    private const int Seed = 1;
    private const long Margin = 200L << 20;

    public static IEnumerable<Row> Measure()
    {
        var large = LargeModelRun.Half(1L << 30);
        yield return Row.Below(
            "1 GB of external weights to FP16; bar: twice the time of two copies", 2 * large.CopySeconds, large.Seconds, "s");
        yield return Row.Below("  most memory beyond the start", (4 * large.LargestTensor) + Margin, large.PeakBytes, "bytes");
        foreach (var hasTable in new[] { true, false })
        {
            large = LargeModelRun.Int8(1L << 30, hasTable);
            yield return Row.Figure(
                $"  to INT8 {(hasTable ? "with a calibration table" : "calibrated on two samples")}", large.Seconds, "s");
            // While it is calibrated, ONNX Runtime has all weights in memory once.
            yield return Row.Below("  most memory beyond the start",
                (4 * large.LargestTensor) + Margin + (hasTable ? 0 : 1L << 30), large.PeakBytes, "bytes");
        }

        var damaged = MutationRun.Run(Mutations, Seed);
        yield return Row.All($"{Mutations} damaged models: typed error, or judged by ONNX Runtime as before",
            damaged.Refused + damaged.Converted, Mutations);
        yield return Row.Figure("  refused", damaged.Refused, "");
        yield return Row.Figure("  converted", damaged.Converted, "");
    }
}
