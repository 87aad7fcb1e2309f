namespace TrtBindings.Vision.Imaging;

/// <summary>
/// Weights of Pillow's resize of 8-bit pixels along one axis (its <c>precompute_coeffs</c>): the filter is stretched by
/// f = max(1, source / target), output i is centred on (i + 0.5) * source / target, weights are normalised and rounded to 22
/// fractional bits. Keeps its buffers.
/// </summary>
internal sealed class AntialiasedWeights
{
    /// <summary>Fractional bits of a weight.</summary>
    public const int Bits = 32 - 8 - 2;

    /// <summary>The weight of a pixel that is copied.</summary>
    public const int One = 1 << Bits;

    private double[] _exact = [];

    /// <summary>Number of output pixels.</summary>
    public int Count { get; private set; }

    /// <summary>Room for the weights of one output pixel.</summary>
    public int Stride { get; private set; }

    /// <summary>First source pixel of each output pixel.</summary>
    public int[] Starts { get; private set; } = [];

    /// <summary>Number of weights of each output pixel, at least 1.</summary>
    public int[] Lengths { get; private set; } = [];

    /// <summary>Weights, <see cref="Stride"/> for each output pixel.</summary>
    public int[] Weights { get; private set; } = [];

    /// <summary>First source pixel that any output needs.</summary>
    public int First
    {
        get
        {
            // Not always that of the first output, which may be a copy of one pixel while the next output needs both neighbours.
            var first = int.MaxValue;
            for (var i = 0; i < Count; i++) first = Math.Min(first, Starts[i]);
            return first;
        }
    }

    /// <summary>Source pixel after the last that any output needs.</summary>
    public int End
    {
        get
        {
            var end = 0;
            for (var i = 0; i < Count; i++) end = Math.Max(end, Starts[i] + Lengths[i]);
            return end;
        }
    }

    /// <summary>Fills the tables for a range of outputs.</summary>
    /// <param name="source">Source pixels.</param>
    /// <param name="target">Output pixels of the whole axis.</param>
    /// <param name="first">First output pixel of the range.</param>
    /// <param name="count">Output pixels of the range.</param>
    /// <param name="filter">The filter.</param>
    public void Prepare(int source, int target, int first, int count, ResizeFilter filter)
    {
        var scale = source / (double)target;
        var stretch = Math.Max(scale, 1);
        var support = (filter == ResizeFilter.Bicubic ? 2.0 : 1.0) * stretch;
        Count = count;
        Stride = (int)Math.Ceiling(support) * 2 + 1;
        if (Starts.Length < count) (Starts, Lengths) = (new int[count], new int[count]);
        if (Weights.Length < count * Stride) Weights = new int[count * Stride];
        if (_exact.Length < Stride) _exact = new double[Stride];
        var shrink = 1 / stretch;
        for (var i = 0; i < count; i++)
        {
            var centre = (first + i + 0.5) * scale;
            var start = Math.Max((int)(centre - support + 0.5), 0);
            var length = Math.Min((int)(centre + support + 0.5), source) - start;
            Starts[i] = start;
            Lengths[i] = length;
            var sum = 0.0;
            for (var tap = 0; tap < length; tap++)
                sum += _exact[tap] = Weight(filter, (start + tap - centre + 0.5) * shrink);
            for (var tap = 0; tap < length; tap++)
                Weights[(i * Stride) + tap] = Rounded(sum == 0 ? _exact[tap] : _exact[tap] / sum);
            Trim(i);
        }
    }

    /// <summary>Removes weights of 0; without a change of size that leaves one weight.</summary>
    private void Trim(int index)
    {
        var weights = Weights.AsSpan(index * Stride, Lengths[index]);
        while (Lengths[index] > 1 && weights[Lengths[index] - 1] == 0) Lengths[index]--;
        var empty = 0;
        while (empty < Lengths[index] - 1 && weights[empty] == 0) empty++;
        if (empty == 0) return;
        weights[empty..].CopyTo(weights);
        Starts[index] += empty;
        Lengths[index] -= empty;
    }

    /// <summary>Rounds half away from zero, as Pillow does.</summary>
    private static int Rounded(double weight)
    {
        var scaled = weight * (1 << Bits);
        return (int)(weight < 0 ? scaled - 0.5 : scaled + 0.5);
    }

    private static double Weight(ResizeFilter filter, double x)
    {
        x = Math.Abs(x);
        if (filter == ResizeFilter.Bilinear) return x < 1 ? 1 - x : 0;
        const double A = -0.5;
        if (x < 1) return ((((A + 2) * x) - (A + 3)) * x * x) + 1;
        return x < 2 ? ((((x - 5) * x) + 8) * x - 4) * A : 0;
    }
}
