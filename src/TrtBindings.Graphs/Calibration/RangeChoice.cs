namespace TrtBindings.Graphs.Calibration;

/// <summary>
/// Chooses the largest number of a tensor by a method. <see cref="CalibrationMethod"/> names where the formulas are from.
/// </summary>
/// <param name="method">The method.</param>
/// <param name="percentile">Of <see cref="CalibrationMethod.Percentile"/>, in percent.</param>
/// <param name="type">What the tensor becomes.</param>
internal sealed class RangeChoice(CalibrationMethod method, double percentile, ElementType type)
{
    /// <summary>Levels of a magnitude in 8 bits, with 0.</summary>
    public const int Levels = 128;

    /// <summary>
    /// Ranges that are tried, from the first <see cref="Levels"/> bins on, lie so many bins apart: 1/512 of what the bins cover.
    /// </summary>
    public const int Step = 8;

    /// <summary>The largest finite number of E4M3.</summary>
    private const double LargestFloat8 = 448;

    /// <summary>The largest magnitude to keep, at most the largest one that was seen; 0 if all numbers were 0.</summary>
    public float Of(MagnitudeHistogram histogram)
    {
        if (histogram.Max == 0 || method == CalibrationMethod.MinMax) return histogram.Max;
        return method switch
        {
            CalibrationMethod.Percentile => OfPercentile(histogram),
            CalibrationMethod.Entropy => Best(histogram, (bins, used) => Divergence(bins, used)),
            _ => Best(histogram, (bins, used) => SquaredError(bins, used, histogram.Width)),
        };
    }

    private float OfPercentile(MagnitudeHistogram histogram)
    {
        var wanted = histogram.Count * percentile / 100;
        long seen = 0;
        for (var i = 0; i < histogram.Bins.Length; i++)
        {
            seen += histogram.Bins[i];
            if (seen >= wanted) return Edge(histogram, i + 1);
        }

        return histogram.Max;
    }

    /// <summary>The end of the range with the least cost.</summary>
    private static float Best(MagnitudeHistogram histogram, Func<ReadOnlySpan<long>, int, double> cost)
    {
        // What lies beyond the largest number is empty.
        var bins = histogram.Bins[..(histogram.Bins.LastIndexOfAnyExcept(0) + 1)];
        var (best, least) = (bins.Length, cost(bins, bins.Length));
        for (var used = Levels; used < bins.Length; used += Step)
        {
            var one = cost(bins, used);
            if (one < least) (best, least) = (used, one);
        }

        return Edge(histogram, best);
    }

    private static float Edge(MagnitudeHistogram histogram, int bins) =>
        Math.Min((float)(bins * histogram.Width), histogram.Max);

    /// <summary>
    /// Divergence of the distribution in <see cref="Levels"/> levels from the one in bins, with what lies beyond the range put
    /// into its last bin. Numbers near 0 are left out: they are 0 in any range, and after a ReLU they outweigh all others.
    /// </summary>
    private static double Divergence(ReadOnlySpan<long> bins, int used)
    {
        if (used <= Levels) return double.PositiveInfinity;
        long beyond = 0;
        foreach (var count in bins[used..]) beyond += count;
        // Where nothing was counted in the last bin, its level has nothing for what lies beyond.
        if (beyond > 0 && bins[used - 1] == 0) return double.PositiveInfinity;
        long inside = 0;
        foreach (var count in bins[1..used]) inside += count;
        if (inside == 0) return double.PositiveInfinity;
        var (divergence, total, all) = (0.0, (double)inside, (double)(inside + beyond));
        for (var level = 0; level < Levels; level++)
        {
            var (from, to) = (Math.Max(1, level * used / Levels), (level + 1) * used / Levels);
            var (sum, filled) = (0L, 0);
            foreach (var count in bins[from..to])
            {
                sum += count;
                if (count > 0) filled++;
            }

            if (filled == 0) continue;
            // The level spreads what it holds evenly over the bins that were not empty.
            var quantized = sum / (filled * total);
            for (var i = from; i < to; i++)
            {
                var count = bins[i] + (i == used - 1 ? beyond : 0);
                if (count > 0) divergence += count / all * Math.Log(count / (all * quantized));
            }
        }

        return divergence;
    }

    /// <summary>Sum of squared errors of all numbers, each taken as the middle of its bin.</summary>
    private double SquaredError(ReadOnlySpan<long> bins, int used, double width)
    {
        var scale = used * width / (type == ElementType.Int8 ? Levels - 1 : LargestFloat8);
        var error = 0.0;
        for (var i = 0; i < bins.Length; i++)
        {
            if (bins[i] == 0) continue;
            var value = (i + 0.5) * width;
            var difference = value - (Rounded(value / scale) * scale);
            error += bins[i] * difference * difference;
        }

        return error;
    }

    private double Rounded(double value) => type == ElementType.Int8
        ? Math.Min(Math.Round(value), Levels - 1)
        : Math.Min(RoundedToFloat8(value), LargestFloat8);

    /// <summary>Three bits behind the leading one; below 2^-6 steps of 2^-9.</summary>
    private static double RoundedToFloat8(double value)
    {
        var step = Math.ScaleB(1, Math.Max(value > 0 ? Math.ILogB(value) : -6, -6) - 3);
        return Math.Round(value / step) * step;
    }
}
