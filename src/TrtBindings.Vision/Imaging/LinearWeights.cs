namespace TrtBindings.Vision.Imaging;

/// <summary>
/// Positions and weights of OpenCV's bilinear resize of 8-bit pixels. Output pixel i is centred on
/// (i + 0.5) * source / target - 0.5; the two weights are 11-bit fixed point, rounded half to even, and sum to 2048.
/// </summary>
internal sealed class LinearWeights
{
    /// <summary>The fixed-point 1.</summary>
    public const int One = 1 << 11;

    /// <summary>Number of output pixels.</summary>
    public int Count { get; private set; }

    /// <summary>Byte offset of the left source pixel of each output pixel; never decreases.</summary>
    public int[] Offsets { get; private set; } = [];

    /// <summary>Weights of the left and right source pixel, alternating.</summary>
    public short[] Weights { get; private set; } = [];

    /// <summary>Source pixels for each output pixel, rounded as OpenCV does: the reciprocal of a reciprocal.</summary>
    public static double Step(int source, int target) => 1.0 / (target / (double)source);

    /// <summary>Index and weights before clamping to the image. The index may be -1 or that of the last pixel.</summary>
    public static void Of(int position, double step, out int index, out int weight0, out int weight1)
    {
        var at = (float)(((position + 0.5) * step) - 0.5);
        index = (int)MathF.Floor(at);
        var fraction = at - index;
        weight0 = (int)MathF.Round((1f - fraction) * One);
        weight1 = (int)MathF.Round(fraction * One);
    }

    /// <summary>
    /// The same for INTER_AREA of a picture of which a side grows: the fraction is how far the output pixel reaches into the next
    /// source pixel.
    /// </summary>
    public static void OfArea(int position, double step, double growth, out int index, out int weight0, out int weight1)
    {
        index = (int)Math.Floor(position * step);
        var fraction = (float)((position + 1) - ((index + 1) * growth));
        fraction = fraction <= 0 ? 0 : fraction - MathF.Floor(fraction);
        weight0 = (int)MathF.Round((1f - fraction) * One);
        weight1 = (int)MathF.Round(fraction * One);
    }

    /// <summary>Fills the tables for a range of one row. Positions outside the image use the edge pixel.</summary>
    /// <param name="source">Source pixels.</param>
    /// <param name="first">First output pixel of the range.</param>
    /// <param name="target">Output pixels of the range.</param>
    /// <param name="bytesPerPixel">Bytes of a source pixel.</param>
    /// <param name="step">Source pixels for each output pixel.</param>
    /// <param name="growth">For <see cref="OfArea"/>: output pixels for each source pixel; otherwise 0.</param>
    public void Prepare(int source, int first, int target, int bytesPerPixel, double step, double growth = 0)
    {
        if (Offsets.Length < target)
        {
            Offsets = new int[target];
            Weights = new short[2 * target];
        }

        Count = target;
        for (var i = 0; i < target; i++)
        {
            int index, weight0, weight1;
            if (growth == 0) Of(first + i, step, out index, out weight0, out weight1);
            else OfArea(first + i, step, growth, out index, out weight0, out weight1);
            if (index < 0 || index >= source - 1) (weight0, weight1) = (One, 0);
            Offsets[i] = Math.Clamp(index, 0, source - 1) * bytesPerPixel;
            (Weights[2 * i], Weights[(2 * i) + 1]) = ((short)weight0, (short)weight1);
        }
    }

    /// <summary>Number of leading output pixels with at least this many bytes of the row from their left pixel on.</summary>
    public int CountWithRoom(int rowBytes, int bytes)
    {
        var count = Count;
        while (count > 0 && Offsets[count - 1] + bytes > rowBytes) count--;
        return count;
    }
}
