namespace TrtBindings.Kernels.Tests.Preprocessing;

/// <summary>
/// Converts YUV to 8-bit red, green and blue by ITU-R BT.601 or BT.709 in fixed point with 16 fractional bits, rounded half up.
/// The two by two pixels of a chroma sample share it. native/kernels/pixel.h computes the same.
/// </summary>
internal static class YuvConversion
{
    private const int Bits = 16;

    /// <summary>BT.601 and BT.709, each limited and full: factors of Y, V in red, U in green, V in green, U in blue.</summary>
    private static readonly (int Y, int RedV, int GreenU, int GreenV, int BlueU)[] Factors =
    [
        (76309, 104597, 25675, 53279, 132201),
        (65536, 91881, 22553, 46802, 116130),
        (76309, 117489, 13975, 34925, 138438),
        (65536, 103206, 12276, 30679, 121609),
    ];

    /// <summary>Converts a picture.</summary>
    /// <param name="source">The picture.</param>
    /// <param name="rgb">Takes [height, width] pixels of red, green and blue.</param>
    public static void ToRgb(in YuvView source, Span<byte> rgb)
    {
        var (factorY, redV, greenU, greenV, blueU) = Factors[(source.IsBt709 ? 2 : 0) + (source.IsFullRange ? 1 : 0)];
        var black = source.IsFullRange ? 0 : 16;
        var isInterleaved = source.V.IsEmpty;
        var (step, offset) = isInterleaved ? (2, 1) : (1, 0);
        for (var y = 0; y < source.Height; y++)
        {
            var lights = source.Y.Slice(y * source.PitchY, source.Width);
            var first = source.U.Slice(y / 2 * source.PitchU, source.ChromaWidth * step);
            var second = isInterleaved ? first : source.V.Slice(y / 2 * source.PitchV, source.ChromaWidth);
            var line = rgb.Slice(y * source.Width * 3, source.Width * 3);
            for (var x = 0; x < source.Width; x++)
            {
                var (u, v) = (first[x / 2 * step] - 128, second[(x / 2 * step) + offset] - 128);
                var light = (factorY * (lights[x] - black)) + (1 << (Bits - 1));
                line[3 * x] = Clamp(light + (redV * v));
                line[(3 * x) + 1] = Clamp(light - (greenU * u) - (greenV * v));
                line[(3 * x) + 2] = Clamp(light + (blueU * u));
            }
        }
    }

    private static byte Clamp(int value) => (byte)Math.Clamp(value >> Bits, 0, 255);
}
