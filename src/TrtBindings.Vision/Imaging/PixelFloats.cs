using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrtBindings.Vision.Imaging;

/// <summary>Pixels as four floats each: red, green, blue, 0.</summary>
internal static class PixelFloats
{
    /// <summary>The numbers 0 to 255 for each colour.</summary>
    public static float[] Identity { get; } = [.. Enumerable.Range(0, 3 * 256).Select(i => (float)(i % 256))];

    /// <summary>Reads pixels of a row through tables.</summary>
    /// <param name="image">The image.</param>
    /// <param name="y">The row.</param>
    /// <param name="first">The first column.</param>
    /// <param name="output">Takes as many pixels as it is long.</param>
    /// <param name="tables">256 numbers for red, then for green, then for blue.</param>
    public static void Read(ImageView image, int y, int first, Span<Vector128<float>> output, ReadOnlySpan<float> tables)
    {
        var size = image.Format.BytesPerPixel();
        var (red, green, blue) = image.Format.ChannelOffsets();
        var row = image.Row(y)[(first * size)..];
        var reds = tables[..256];
        var greens = tables.Slice(256, 256);
        var blues = tables.Slice(512, 256);
        for (var x = 0; x < output.Length; x++)
        {
            var at = x * size;
            output[x] = Vector128.Create(reds[row[at + red]], greens[row[at + green]], blues[row[at + blue]], 0);
        }
    }

    /// <summary>Rounds pixels half to even into 8 bits.</summary>
    public static void Round(ReadOnlySpan<Vector128<float>> pixels, Span<byte> output)
    {
        var words = MemoryMarshal.Cast<byte, uint>(output);
        for (var x = 0; x < pixels.Length; x++)
        {
            var clamped = Vector128.Clamp(pixels[x], Vector128<float>.Zero, Vector128.Create(255f));
            var whole = Vector128.ConvertToInt32(Vector128.Round(clamped));
            var shorts = Vector128.Narrow(whole, whole).AsUInt16();
            words[x] = Vector128.Narrow(shorts, shorts).AsUInt32().ToScalar();
        }
    }
}
