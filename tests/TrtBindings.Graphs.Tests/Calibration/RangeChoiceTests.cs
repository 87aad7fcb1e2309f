using TrtBindings.Graphs.Calibration;

namespace TrtBindings.Graphs.Tests.Calibration;

/// <summary>
/// Histograms and the four methods against plain computations on all numbers, which are what the methods are defined by.
/// </summary>
public sealed class RangeChoiceTests
{
    /// <summary>Numbers like those of networks: a bell, a bell after ReLU, one with outliers, and few large ones.</summary>
    public static TheoryData<string> Shapes => ["bell", "relu", "outliers", "exponential", "even"];

    [Fact]
    public void A_histogram_counts_every_number_where_it_belongs_however_it_grew()
    {
        var values = Numbers("outliers");
        // Small numbers first, so that the range doubles several times.
        Array.Sort(values, (a, b) => Math.Abs(a).CompareTo(Math.Abs(b)));
        var histogram = new MagnitudeHistogram();
        foreach (var piece in values.Chunk(997)) histogram.Add(piece);
        histogram.Count.ShouldBe(values.Length);
        histogram.Max.ShouldBe(values.Max(Math.Abs));
        histogram.Range.ShouldBeInRange(histogram.Max, 2 * histogram.Max);
        var expected = new long[MagnitudeHistogram.BinCount];
        foreach (var value in values)
            expected[Math.Min((int)(Math.Abs(value) / histogram.Width), MagnitudeHistogram.BinCount - 1)]++;
        // A number at an edge may lie on either side of it, by the last bit.
        var (one, other) = (0L, 0L);
        for (var i = 0; i < expected.Length; i++)
        {
            (one, other) = (one + expected[i], other + histogram.Bins[i]);
            Math.Abs(one - other).ShouldBeLessThanOrEqualTo(1, $"bin {i}");
        }
    }

    [Fact]
    public void A_histogram_leaves_out_what_no_range_holds_and_knows_tensors_of_zeros()
    {
        var histogram = new MagnitudeHistogram();
        histogram.Add([0, 0, 0]);
        (histogram.Max, histogram.Count, histogram.Bins[0]).ShouldBe((0f, 3L, 3L));
        foreach (var method in Enum.GetValues<CalibrationMethod>()) Choose(method, histogram).ShouldBe(0);
        histogram.Add([float.NaN, float.PositiveInfinity, float.NegativeInfinity, -3, 1]);
        histogram.Add([]);
        (histogram.Max, histogram.Count, histogram.Bins[0]).ShouldBe((3f, 5L, 3L));
        Choose(CalibrationMethod.MinMax, histogram).ShouldBe(3);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void MinMax_is_the_largest_magnitude(string shape)
    {
        var values = Numbers(shape);
        Choose(CalibrationMethod.MinMax, Of(values)).ShouldBe(values.Max(Math.Abs));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Percentile_is_the_magnitude_at_that_place_of_the_sorted_numbers(string shape)
    {
        var values = Numbers(shape);
        var histogram = Of(values);
        float[] sorted = [.. values.Select(Math.Abs).Order()];
        foreach (var percentile in new[] { 50, 99, 99.9, 99.99, 100 })
        {
            var expected = sorted[(int)Math.Ceiling(sorted.Length * percentile / 100) - 1];
            var found = new RangeChoice(CalibrationMethod.Percentile, percentile, ElementType.Int8).Of(histogram);
            found.ShouldBe(expected, histogram.Width * 1.001, $"{percentile}");
            found.ShouldBeGreaterThanOrEqualTo(expected);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_least_squared_error_is_that_of_quantizing_every_number_with_every_range(string shape)
    {
        var values = Numbers(shape);
        var histogram = Of(values);
        var found = Choose(CalibrationMethod.MeanSquaredError, histogram);
        double Error(double range) => values.Average(value =>
            Square(value - (Math.Clamp(Math.Round(value * 127 / range), -127, 127) * range / 127)));
        var least = Enumerable.Range(10, 591).Min(i => Error(i / 600.0 * histogram.Max));
        Error(found).ShouldBeLessThanOrEqualTo(least * 1.01);
    }

    [Fact]
    public void For_FP8_the_squared_error_is_that_of_its_numbers()
    {
        // Every number of E4M3, from its bits: four of exponent with bias 7, three of mantissa.
        double[] numbers = [.. Enumerable.Range(0, 127).Select(bits =>
            bits < 8 ? bits / 512.0 : (1 + ((bits & 7) / 8.0)) * Math.Pow(2, (bits >> 3) - 7))];
        numbers[^1].ShouldBe(448);
        var values = Numbers("outliers")[..5000];
        var histogram = Of(values);
        var found = new RangeChoice(CalibrationMethod.MeanSquaredError, 0, ElementType.Float8E4M3FN).Of(histogram);
        double Error(double range) => values.Average(value =>
            numbers.Min(number => Square(Math.Abs(value) - (number * range / 448))));
        Error(found).ShouldBeLessThanOrEqualTo(Enumerable.Range(1, 100).Min(i => Error(i / 100.0 * histogram.Max)) * 1.01);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Entropy_has_the_least_divergence_computed_step_by_step(string shape)
    {
        var histogram = Of(Numbers(shape));
        var bins = histogram.Bins.ToArray().Select(count => (double)count).ToArray();
        var last = Array.FindLastIndex(bins, count => count > 0) + 1;
        var found = Choose(CalibrationMethod.Entropy, histogram);
        var (best, least) = (last, Divergence(bins, last, last));
        for (var used = RangeChoice.Levels; used < last; used += RangeChoice.Step)
            if (Divergence(bins, last, used) is var one && one < least) (best, least) = (used, one);
        found.ShouldBe((float)Math.Min(best * histogram.Width, histogram.Max), 1e-5f * histogram.Max);
    }

    [Fact]
    public void An_even_distribution_keeps_its_range_and_far_outliers_are_cut_off_by_those_methods_that_count()
    {
        var (outliers, even) = (Of(Numbers("outliers")), Of(Numbers("even")));
        foreach (var method in Enum.GetValues<CalibrationMethod>())
            Choose(method, even).ShouldBeGreaterThan(even.Max * 0.95f, $"{method}");
        Choose(CalibrationMethod.Percentile, outliers).ShouldBeLessThan(outliers.Max * 0.2f);
        Choose(CalibrationMethod.Entropy, outliers).ShouldBeLessThan(outliers.Max * 0.2f);
        // A square of what is cut off outweighs the rounding of all others.
        Choose(CalibrationMethod.MeanSquaredError, outliers).ShouldBeGreaterThan(outliers.Max * 0.5f);
    }

    /// <summary>The paper's algorithm with whole arrays: reference, quantized, expanded, both normalized, then the sum.</summary>
    private static double Divergence(double[] bins, int last, int used)
    {
        var reference = bins[..used];
        reference[0] = 0;
        var inside = (double[])reference.Clone();
        reference[used - 1] += bins[used..last].Sum();
        var quantized = new double[used];
        for (var level = 0; level < 128; level++)
        {
            var first = level * used / 128;
            int[] places = [.. Enumerable.Range(first, ((level + 1) * used / 128) - first)];
            int[] filled = [.. places.Where(i => inside[i] > 0)];
            foreach (var i in filled) quantized[i] = places.Sum(place => inside[place]) / filled.Length;
        }

        var (all, kept) = (reference.Sum(), quantized.Sum());
        var divergence = 0.0;
        for (var i = 0; i < used; i++)
        {
            if (reference[i] == 0) continue;
            if (quantized[i] == 0 || used <= 128) return double.PositiveInfinity;
            var (p, q) = (reference[i] / all, quantized[i] / kept);
            divergence += p * Math.Log(p / q);
        }

        return kept == 0 ? double.PositiveInfinity : divergence;
    }

    private static double Square(double value) => value * value;

    private static float Choose(CalibrationMethod method, MagnitudeHistogram histogram) =>
        new RangeChoice(method, 99.9, ElementType.Int8).Of(histogram);

    private static MagnitudeHistogram Of(float[] values)
    {
        var histogram = new MagnitudeHistogram();
        foreach (var piece in values.Chunk(5000)) histogram.Add(piece);
        return histogram;
    }

    private static float[] Numbers(string shape)
    {
        var random = new Random(7);
        double Bell() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return [.. Enumerable.Range(0, 20_000).Select(i => (float)(shape switch
        {
            "bell" => Bell(),
            "relu" => Math.Max(0, Bell()),
            "outliers" => i % 5000 == 0 ? 40 + i / 5000 : Bell(),
            "exponential" => -Math.Log(1 - random.NextDouble()),
            _ => (random.NextDouble() * 2) - 1,
        }))];
    }
}
