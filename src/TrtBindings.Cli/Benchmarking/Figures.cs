namespace TrtBindings.Cli.Benchmarking;

/// <summary>Times of many runs in milliseconds. Percentiles are those of the nearest rank.</summary>
internal sealed record Figures(double Min, double Median, double P90, double P99, double Mean)
{
    /// <summary>Of times in milliseconds, in any order; null if there are none.</summary>
    public static Figures? Of(IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        if (sorted.Length == 0) return null;
        return new(sorted[0], At(0.5), At(0.9), At(0.99), sorted.Average());

        double At(double share) => sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
