namespace TrtBindings.Benchmarks;

/// <summary>
/// What <see cref="ModelOptions.AllowSpinning"/> and <see cref="ModelOptions.SharedThreads"/> change: eight models that are
/// called in turn, with 20 ms between calls.
/// </summary>
internal static class ThreadRows
{
    public static IEnumerable<Row> Measure()
    {
        foreach (var (pool, spinning, name) in new[]
        {
            ("own", "spin", "a pool each, spinning"), ("own", "rest", "a pool each, not spinning"),
            ("shared", "spin", "a shared pool, spinning"), ("shared", "rest", "a shared pool, not spinning"),
        })
        {
            var numbers = ChildProcess.Run("--threads", pool, spinning);
            yield return Row.Figure($"8 models, {name}: threads started", numbers[0], "");
            yield return Row.Figure("  processor time a call", numbers[1], "ms");
            yield return Row.Figure("  time of a call", numbers[2], "ms");
        }
    }
}
