using TrtBindings.TestSupport;

namespace TrtBindings.Benchmarks;

/// <summary>Describes a 1 GB model, whose weights are holes in a sparse file, in new processes.</summary>
internal static class LargeFileRows
{
    private const int Processes = 5;

    public static IEnumerable<Row> Measure()
    {
        var path = Path.Combine(Path.GetTempPath(), $"trtbindings-{Guid.NewGuid():N}.onnx");
        try
        {
            SparseModel.Write(path);
            var runs = Enumerable.Range(0, Processes).Select(_ => ChildProcess.Run("--describe", path)).ToArray();
            yield return Row.Below(
                "1 GB .onnx described in a fresh process, JIT included (median of 5)", 50,
                Median.Of(runs.Select(run => run[0])), "ms");
            yield return Row.Below("  bytes asked of the stream", 200_000, runs.Max(run => run[1]), "bytes");
            yield return Row.Below("  bytes allocated", 1_000_000, runs.Max(run => run[2]), "bytes");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
