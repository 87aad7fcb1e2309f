namespace TrtBindings.Vision.Tests.Support;

/// <summary>Masks drawn as text or made from a seed.</summary>
internal static class Masks
{
    /// <summary>A mask of the whole frame: one text for each row, '#' for pixels of the instance.</summary>
    public static Mask Of(params string[] rows) => Of(rows[0].Length, rows.Length, (x, y) => rows[y][x] == '#');

    /// <summary>Noise.</summary>
    public static Mask Random(int seed, int width, int height, double share)
    {
        var random = new Random(seed);
        var pixels = Enumerable.Range(0, width * height).Select(_ => random.NextDouble() < share).ToArray();
        return Of(width, height, (x, y) => pixels[(y * width) + x]);
    }

    /// <summary>A mask of the whole frame with the pixels for which a function is true.</summary>
    public static Mask Of(int width, int height, Func<int, int, bool> isSet)
    {
        var rowBytes = (width + 7) / 8;
        var bits = new byte[rowBytes * height];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                if (isSet(x, y)) bits[(y * rowBytes) + (x / 8)] |= (byte)(1 << (x % 8));
        return new(width, height, new(0, 0, width, height), bits);
    }
}
