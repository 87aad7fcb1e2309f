namespace TrtBindings.Vision.Tests.Support;

/// <summary>
/// A picture and a mask's window made by formulas that other programs can repeat, and a number that tells
/// results apart.
/// </summary>
internal static class FormulaPicture
{
    /// <summary>(7 x + 13 y + 29 c + 5 (x y mod 31) + 11 (x / 9 xor y / 7)) mod 256.</summary>
    public static ImageMemory Make(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                for (var c = 0; c < 3; c++)
                {
                    var value = (x * 7) + (y * 13) + (c * 29) + (x * y % 31 * 5) + (((x / 9) ^ (y / 7)) * 11);
                    pixels[(((y * width) + x) * 3) + c] = (byte)(value % 256);
                }

        return new(pixels, width, height, PixelFormat.Rgb);
    }

    /// <summary>28 x 28 probabilities: ((37 i + 3 (i² mod 101)) mod 256) / 255.</summary>
    public static float[] Window { get; } =
        [.. Enumerable.Range(0, 784).Select(i => ((i * 37) + (i * i % 101 * 3)) % 256 / 255f)];

    /// <summary>Sum of value times (place mod 997 + 1).</summary>
    public static long Weighted(IEnumerable<int> values) =>
        values.Select((value, place) => (long)value * ((place % 997) + 1)).Sum();
}
