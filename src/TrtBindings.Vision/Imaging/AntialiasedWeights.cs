namespace TrtBindings.Vision.Imaging;

/// <summary>
/// Weights of a resize of 8-bit pixels along one axis, as Pillow's <c>precompute_coeffs</c> makes them: the filter is stretched
/// by f = max(1, source / target), output i is centred on (i + 0.5) * source / target, weights are normalised and rounded to
/// <see cref="Bits"/> fractional bits. Keeps its buffers.
/// </summary>
internal sealed class AntialiasedWeights
{
    private const int MostBits = 32 - 8 - 2;

    private double[] _exact = [];

    /// <summary>Fractional bits of a weight.</summary>
    public int Bits { get; private set; }

    /// <summary>Number of output pixels.</summary>
    public int Count { get; private set; }

    /// <summary>Room for the weights of one output pixel; even.</summary>
    public int Stride { get; private set; }

    /// <summary>First source pixel of each output pixel.</summary>
    public int[] Starts { get; private set; } = [];

    /// <summary>Number of weights of each output pixel, at least 1.</summary>
    public int[] Lengths { get; private set; } = [];

    /// <summary>Weights, <see cref="Stride"/> for each output pixel, 0 beyond its length.</summary>
    public int[] Weights { get; private set; } = [];

    /// <summary>First source pixel that any output needs.</summary>
    public int First { get; private set; }

    /// <summary>Source pixel after the last that any output needs.</summary>
    public int End { get; private set; }

    /// <summary>Fills the tables for a range of outputs.</summary>
    /// <param name="source">Source pixels.</param>
    /// <param name="target">Output pixels of the whole axis.</param>
    /// <param name="first">First output pixel of the range.</param>
    /// <param name="count">Output pixels of the range.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="rule">Whose weights.</param>
    public void Prepare(
        int source, int target, int first, int count, ResizeFilter filter, AntialiasedRule rule = AntialiasedRule.Pillow)
    {
        var kernel = new AntialiasedKernel(source, target, filter, rule);
        Count = count;
        Stride = (kernel.Room + 1) & ~1;
        if (Starts.Length < count) (Starts, Lengths) = (new int[count], new int[count]);
        if (Weights.Length < count * Stride) Weights = new int[count * Stride];
        if (_exact.Length < Stride) _exact = new double[Stride];
        Bits = rule == AntialiasedRule.Pillow ? MostBits : ShortBits(kernel);
        (First, End) = (int.MaxValue, 0);
        for (var i = 0; i < count; i++)
        {
            var (start, length) = kernel.Fill(first + i, _exact);
            var weights = Weights.AsSpan(i * Stride, Stride);
            weights.Clear();
            for (var tap = 0; tap < length; tap++) weights[tap] = Rounded(_exact[tap]);
            (Starts[i], Lengths[i]) = Trim(start, weights, length);
            First = Math.Min(First, Starts[i]);
            End = Math.Max(End, Starts[i] + Lengths[i]);
        }
    }

    /// <summary>Removes weights of 0; without a change of size that leaves one weight.</summary>
    private static (int Start, int Length) Trim(int start, Span<int> weights, int length)
    {
        while (length > 1 && weights[length - 1] == 0) length--;
        var empty = 0;
        while (empty < length - 1 && weights[empty] == 0) empty++;
        if (empty == 0) return (start, length);
        weights[empty..].CopyTo(weights);
        weights[^empty..].Clear();
        return (start + empty, length - empty);
    }

    /// <summary>The most bits, 22 at most, with which the largest weight of the whole axis fits into 16.</summary>
    private int ShortBits(AntialiasedKernel kernel)
    {
        var most = 0.0;
        for (var i = 0; i < kernel.Target; i++)
        {
            kernel.Fill(i, _exact);
            most = Math.Max(most, kernel.Largest);
        }

        var bits = 0;
        while (bits < MostBits && (int)(0.5 + (most * (1 << (bits + 1)))) < 1 << 15) bits++;
        return bits;
    }

    /// <summary>Rounds half away from zero, as Pillow does.</summary>
    private int Rounded(double weight)
    {
        var scaled = weight * (1 << Bits);
        return (int)(weight < 0 ? scaled - 0.5 : scaled + 0.5);
    }
}

/// <summary>Whose weights and order of passes an <see cref="AntialiasedResizer"/> has.</summary>
internal enum AntialiasedRule
{
    /// <summary>
    /// Pillow 13: weights of 22 fractional bits; columns first if the height shrinks by far more than the width.
    /// </summary>
    Pillow,
    /// <summary>torchvision's v2.Resize: weights of 16 bits; rows first.</summary>
    TorchvisionV2,
    /// <summary>The same without antialiasing.</summary>
    TorchvisionV2Aliased,
}
