namespace TrtBindings.Benchmarks;

/// <summary>Growth of resident memory.</summary>
internal static class DisposalRows
{
    private const double Bar = 5_000_000;

    public static IEnumerable<Row> Measure()
    {
        var resident = ChildProcess.Run("--disposal");
        var (loads, runs) = (resident[1] - resident[0], resident[3] - resident[2]);
        yield return Row.Below("resident memory after a collection, load 100 to 1 000", Bar, loads, "bytes");
        yield return Row.Below("resident memory after a collection, run 1 000 to 100 000", Bar, runs, "bytes");
    }
}
