using TrtBindings.Graphs.Tests.Support;

namespace TrtBindings.Benchmarks;

/// <summary>FP16 of a gigabyte of weights, and damaged models through reader, converter and writer.</summary>
internal static class ConversionRows
{
    private const int Mutations = 10_000;
    private const int Seed = 1;
    private const long Margin = 200L << 20;

    public static IEnumerable<Row> Measure()
    {
        var large = LargeModelRun.Run(1L << 30);
        yield return Row.Below(
            "1 GB of external weights to FP16; bar: twice the time of two copies", 2 * large.CopySeconds, large.Seconds, "s");
        yield return Row.Below("  most memory beyond the start", (4 * large.LargestTensor) + Margin, large.PeakBytes, "bytes");

        var damaged = MutationRun.Run(Mutations, Seed);
        yield return Row.All($"{Mutations} damaged models: typed error, or judged by ONNX Runtime as before",
            damaged.Refused + damaged.Converted, Mutations);
        yield return Row.Figure("  refused", damaged.Refused, "");
        yield return Row.Figure("  converted", damaged.Converted, "");
    }
}
