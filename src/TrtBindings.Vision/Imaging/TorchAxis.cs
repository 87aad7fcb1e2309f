namespace TrtBindings.Vision.Imaging;

/// <summary>
/// Source pixels and weights of torch's resizes of floats along one axis (corners not aligned), in the rounding of its AVX2 code,
/// which fuses some products and sums. Keeps its buffers.
/// </summary>
internal sealed class TorchAxis
{
    /// <summary>Number of output pixels.</summary>
    public int Count { get; private set; }

    /// <summary>Room for the taps of one output pixel.</summary>
    public int Stride { get; private set; }

    /// <summary>Number of taps of each output pixel.</summary>
    public int[] Lengths { get; private set; } = [];

    /// <summary>Source pixel of each tap, <see cref="Stride"/> for each output pixel.</summary>
    public int[] Indices { get; private set; } = [];

    /// <summary>Weight of each tap.</summary>
    public float[] Weights { get; private set; } = [];

    /// <summary>First source pixel that any output needs.</summary>
    public int First { get; private set; }

    /// <summary>Source pixel after the last that any output needs.</summary>
    public int End { get; private set; }

    /// <summary>Whether torch takes its other way, for targets whose sides are at most 128 together.</summary>
    public static bool IsSmall(in CropGeometry crop) => crop.ResizedWidth + crop.ResizedHeight <= 128;

    /// <summary>The most taps of one output pixel.</summary>
    public static int TapsOf(int source, int target, ResizeFilter filter, bool antialiased)
    {
        var support = SupportOf(source / (float)target, filter, antialiased);
        return antialiased ? ((int)MathF.Ceiling(support) * 2) + 1 : 2 * (int)support;
    }

    /// <summary>Fills the tables for a range of outputs.</summary>
    public void Prepare(int source, int target, int first, int count, ResizeFilter filter, bool antialiased, bool isSmall)
    {
        var scale = source / (float)target;
        var support = SupportOf(scale, filter, antialiased);
        Stride = TapsOf(source, target, filter, antialiased);
        Count = count;
        if (Lengths.Length < count) Lengths = new int[count];
        if (Indices.Length < count * Stride)
            (Indices, Weights) = (new int[count * Stride], new float[count * Stride]);
        (First, End) = (int.MaxValue, 0);
        for (var i = 0; i < count; i++)
        {
            var indices = Indices.AsSpan(i * Stride, Stride);
            var weights = Weights.AsSpan(i * Stride, Stride);
            if (antialiased) Lengths[i] = Antialiased(first + i, source, scale, support, filter, indices, weights);
            else if (filter == ResizeFilter.Bicubic) Lengths[i] = Cubic(first + i, source, scale, indices, weights);
            else Lengths[i] = Linear(first + i, source, scale, isSmall, indices, weights);
            First = Math.Min(First, indices[0]);
            End = Math.Max(End, indices[Lengths[i] - 1] + 1);
        }
    }

    private static float SupportOf(float scale, ResizeFilter filter, bool antialiased)
    {
        var taps = filter == ResizeFilter.Bicubic ? 4 : 2;
        return antialiased && scale >= 1 ? (float)(taps * 0.5 * scale) : taps / 2;
    }

    private static int Linear(int position, int source, float scale, bool isSmall, Span<int> indices, Span<float> weights)
    {
        var at = isSmall ? MathF.FusedMultiplyAdd(position + 0.5f, scale, -0.5f) : ((position + 0.5f) * scale) - 0.5f;
        at = MathF.Max(at, 0);
        var index = Math.Min((int)at, source - 1);
        (indices[0], indices[1]) = (index, Math.Min(index + 1, source - 1));
        weights[1] = Math.Clamp(at - index, 0, 1);
        weights[0] = 1 - weights[1];
        return 2;
    }

    private static int Cubic(int position, int source, float scale, Span<int> indices, Span<float> weights)
    {
        var at = MathF.FusedMultiplyAdd(position + 0.5f, scale, -0.5f);
        var index = (int)MathF.Floor(at);
        var x = at - index;
        for (var tap = 0; tap < 4; tap++) indices[tap] = Math.Clamp(index - 1 + tap, 0, source - 1);
        (weights[0], weights[1], weights[2], weights[3]) = (Far(x + 1), Near(x), Near(1 - x), Far(1 - x + 1));
        return 4;
    }

    private static float Near(float x) => (MathF.FusedMultiplyAdd(1.25f, x, -2.25f) * x * x) + 1;

    private static float Far(float x) =>
        (MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(-0.75f, x, 3.75f), x, -6) * x) + 3;

    private static int Antialiased(
        int position, int source, float scale, float support, ResizeFilter filter, Span<int> indices, Span<float> weights)
    {
        var centre = (float)(scale * (position + 0.5));
        var shrink = scale >= 1 ? 1 / scale : 1;
        var start = Math.Max((int)(centre - support + 0.5), 0);
        var length = Math.Min((int)(centre + support + 0.5), source) - start;
        var total = 0f;
        for (var tap = 0; tap < length; tap++)
        {
            indices[tap] = start + tap;
            var x = MathF.Abs((float)(((start + tap) - centre + 0.5) * shrink));
            total += weights[tap] = filter == ResizeFilter.Bicubic ? SoftCubic(x) : MathF.Max(1 - x, 0);
        }

        if (total != 0)
            for (var tap = 0; tap < length; tap++) weights[tap] /= total;
        return length;
    }

    /// <summary>The cubic with a = -0.5.</summary>
    private static float SoftCubic(float x) => x < 1
        ? MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(1.5f, x, -2.5f) * x, x, 1)
        : x < 2 ? MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(x - 5, x, 8), x, -4) * -0.5f : 0;
}
