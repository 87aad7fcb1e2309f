using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrtBindings.Vision.Imaging;

/// <summary>
/// Resizes 8-bit images into planes of floats in 0 to 1 without rounding to 8 bits, as torch's
/// <c>interpolate(mode="bilinear", align_corners=False)</c> does: half-pixel centres, no antialiasing. Keeps its buffers. Not
/// thread-safe.
/// </summary>
internal sealed class FloatResizer
{
    private static readonly float[] Shares = [.. Enumerable.Range(0, 256).Select(value => value / 255f)];

    private readonly RowPair<float> _rows = new();
    private int[] _columns = [];
    private float[] _fractions = [];

    /// <summary>Writes every row of the resized image.</summary>
    /// <exception cref="ImageException">The image is empty.</exception>
    public void Run(ImageView image, int width, int height, InputPlanes planes)
    {
        image.ThrowIfEmpty();
        if (_columns.Length < width) (_columns, _fractions) = (new int[width], new float[width]);
        _rows.Begin(3 * width);
        var (stepX, stepY) = (image.Width / (float)width, image.Height / (float)height);
        for (var x = 0; x < width; x++) BilinearTap.Locate(x, stepX, image.Width, out _columns[x], out _fractions[x]);
        for (var y = 0; y < height; y++)
        {
            BilinearTap.Locate(y, stepY, image.Height, out var row, out var fraction);
            var next = Math.Min(row + 1, image.Height - 1);
            if (_rows.WantsUpper(row)) Interpolate(image, row, width, _rows.Upper);
            if (_rows.WantsLower(next)) Interpolate(image, next, width, _rows.Lower);
            for (var channel = 0; channel < 3; channel++)
            {
                var start = channel * width;
                Blend(_rows.Upper.AsSpan(start, width), _rows.Lower.AsSpan(start, width), fraction, planes.Row(channel, y));
            }
        }
    }

    private static void Blend(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, float fraction, Span<float> output)
    {
        ref var first = ref MemoryMarshal.GetReference(upper);
        ref var second = ref MemoryMarshal.GetReference(lower);
        ref var target = ref MemoryMarshal.GetReference(output);
        var x = 0;
        for (; x <= output.Length - Vector256<float>.Count; x += Vector256<float>.Count)
        {
            ((Vector256.LoadUnsafe(ref first, (nuint)x) * (1 - fraction))
                + (Vector256.LoadUnsafe(ref second, (nuint)x) * fraction)).StoreUnsafe(ref target, (nuint)x);
        }

        for (; x < output.Length; x++) output[x] = (upper[x] * (1 - fraction)) + (lower[x] * fraction);
    }

    private void Interpolate(ImageView image, int y, int width, Span<float> output)
    {
        var row = image.Row(y);
        var size = image.Format.BytesPerPixel();
        var (red, green, blue) = image.Format.ChannelOffsets();
        var last = (image.Width - 1) * size;
        for (var x = 0; x < width; x++)
        {
            var (left, fraction) = (_columns[x] * size, _fractions[x]);
            var right = Math.Min(left + size, last);
            var rest = 1 - fraction;
            output[x] = (rest * Shares[row[left + red]]) + (fraction * Shares[row[right + red]]);
            output[width + x] = (rest * Shares[row[left + green]]) + (fraction * Shares[row[right + green]]);
            output[(2 * width) + x] = (rest * Shares[row[left + blue]]) + (fraction * Shares[row[right + blue]]);
        }
    }
}
