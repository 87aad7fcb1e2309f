namespace TrtBindings.Vision.Imaging;

/// <summary>
/// Resamples an image with a transform, bilinearly and with black outside, in the fixed-point arithmetic of OpenCV 4's
/// <c>warpAffine</c>: source positions in 1/1024 pixel, rounded to 1/32; weights in 1/32768.
/// </summary>
internal static class AffineWarp
{
    private const int PositionBits = 10;
    private const int FractionBits = 5;
    private const int WeightBits = 15;
    private const int Fractions = 1 << FractionBits;

    /// <summary>Writes [height, width] pixels of red, green and blue.</summary>
    /// <param name="image">The source.</param>
    /// <param name="transform">From pixels of the source to pixels of the destination.</param>
    /// <param name="rgb">The destination.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    public static void Run(ImageView image, in SimilarityTransform transform, Span<byte> rgb, int width, int height)
    {
        var back = transform.Invert();
        Span<int> pixel = stackalloc int[3];
        // Adding half of the truncated part rounds positions to the nearest fraction.
        const int Half = 1 << (PositionBits - FractionBits - 1);
        for (var y = 0; y < height; y++)
        {
            var (x0, y0) = (Fixed((-back.B * y) + back.X) + Half, Fixed((back.A * y) + back.Y) + Half);
            for (var x = 0; x < width; x++)
            {
                var atX = (x0 + Fixed(back.A * x)) >> (PositionBits - FractionBits);
                var atY = (y0 + Fixed(back.B * x)) >> (PositionBits - FractionBits);
                Sample(image, atX, atY, pixel);
                var target = rgb.Slice(((y * width) + x) * 3, 3);
                for (var c = 0; c < 3; c++) target[c] = (byte)((pixel[c] + (1 << (WeightBits - 1))) >> WeightBits);
            }
        }
    }

    /// <summary>Rounded half to even; positions far outside stay outside.</summary>
    private static long Fixed(double position) =>
        (long)Math.Round(Math.Clamp(position, -1e12, 1e12) * (1 << PositionBits));

    private static void Sample(ImageView image, long atX, long atY, Span<int> sums)
    {
        sums.Clear();
        var (left, top) = (atX >> FractionBits, atY >> FractionBits);
        var (right, lower) = ((int)(atX & (Fractions - 1)), (int)(atY & (Fractions - 1)));
        Add(image, left, top, (Fractions - right) * (Fractions - lower), sums);
        Add(image, left + 1, top, right * (Fractions - lower), sums);
        Add(image, left, top + 1, (Fractions - right) * lower, sums);
        Add(image, left + 1, top + 1, right * lower, sums);
    }

    private static void Add(ImageView image, long x, long y, int weight, Span<int> sums)
    {
        if (weight == 0 || (ulong)x >= (ulong)image.Width || (ulong)y >= (ulong)image.Height) return;
        var pixel = image.Row((int)y)[((int)x * image.Format.BytesPerPixel())..];
        var (red, green, blue) = image.Format.ChannelOffsets();
        weight <<= WeightBits - (2 * FractionBits);
        sums[0] += pixel[red] * weight;
        sums[1] += pixel[green] * weight;
        sums[2] += pixel[blue] * weight;
    }
}
