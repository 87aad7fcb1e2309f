namespace TrtBindings.Benchmarks;

/// <summary>Growth of resident memory.</summary>
internal static class DisposalRows
{
    public static IEnumerable<Row> Measure()
    {
        var resident = ChildProcess.Run("--disposal");
        yield return Row.Below("resident memory, load 100 to load 1 000", 5_000_000, resident[1] - resident[0], "bytes");
        yield return Row.Below("resident memory, run 1 000 to run 100 000", 5_000_000, resident[3] - resident[2], "bytes");
    }
}
