using System.Numerics.Tensors;

namespace TrtBindings.Graphs.Calibration;

/// <summary>
/// How often each magnitude occurs in a tensor, over all samples. The number of bins is fixed; a larger number doubles what they
/// cover, by putting two bins into one, so that nothing is counted in the wrong place.
/// </summary>
internal sealed class MagnitudeHistogram
{
    /// <summary>After a doubling half of them are in use, which still is as fine as TensorRT's 2048.</summary>
    public const int BinCount = 4096;

    private readonly long[] _bins = new long[BinCount];

    /// <summary>Numbers in each bin, from 0 to <see cref="Range"/>. The upper edge belongs to the last one.</summary>
    public ReadOnlySpan<long> Bins => _bins;

    /// <summary>Upper edge of the last bin; 0 as long as all numbers are 0.</summary>
    public double Range { get; private set; }

    /// <summary>Width of a bin.</summary>
    public double Width => Range / BinCount;

    /// <summary>The largest finite magnitude.</summary>
    public float Max { get; private set; }

    /// <summary>Finite numbers that were counted.</summary>
    public long Count { get; private set; }

    /// <summary>Counts numbers. Infinities and NaN are left out: no range holds them.</summary>
    public void Add(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty) return;
        var max = Math.Abs(TensorPrimitives.MaxMagnitude(values));
        if (!float.IsFinite(max)) max = FiniteMax(values);
        Grow(max);
        if (Range == 0)
        {
            foreach (var value in values)
                if (float.IsFinite(value)) Count++;
            _bins[0] = Count;
            return;
        }

        var factor = BinCount / Range;
        var counted = 0L;
        foreach (var value in values)
        {
            if (!float.IsFinite(value)) continue;
            _bins[Math.Min((int)(Math.Abs(value) * factor), BinCount - 1)]++;
            counted++;
        }

        Count += counted;
    }

    private void Grow(float max)
    {
        Max = Math.Max(Max, max);
        if (Range == 0)
        {
            // What was counted until now was 0, and is in the first bin.
            Range = max;
            return;
        }

        while (Range < max)
        {
            for (var i = 0; i < BinCount / 2; i++) _bins[i] = _bins[2 * i] + _bins[(2 * i) + 1];
            _bins.AsSpan(BinCount / 2).Clear();
            Range *= 2;
        }
    }

    private static float FiniteMax(ReadOnlySpan<float> values)
    {
        var max = 0f;
        foreach (var value in values)
            if (float.IsFinite(value)) max = Math.Max(max, Math.Abs(value));
        return max;
    }
}
