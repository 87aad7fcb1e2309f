namespace TrtBindings.Gpu.Tests.Figures;

/// <summary>Numbers that stand for many.</summary>
internal static class Statistics
{
    /// <summary>The middle one.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
