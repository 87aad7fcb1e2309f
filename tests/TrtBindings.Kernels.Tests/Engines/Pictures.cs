namespace TrtBindings.Kernels.Tests.Engines;

/// <summary>Pictures of noise.</summary>
internal static class Pictures
{
    public static ImageMemory Noise(int seed, int width, int height, PixelFormat format = PixelFormat.Rgb)
    {
        var pixels = new byte[width * height * format.BytesPerPixel()];
        new Random(seed).NextBytes(pixels);
        return new(pixels, width, height, format);
    }

    /// <summary>
    /// Calls of one to three pictures of all sizes and formats; of every third call they are so large that not all rows are
    /// uploaded.
    /// </summary>
    public static IEnumerable<ImageMemory[]> Batches(int count)
    {
        for (var seed = 0; seed < count; seed++)
        {
            var random = new Random(seed);
            var (least, most) = seed % 3 == 2 ? (500, 600) : (1, 200);
            yield return [.. Enumerable.Range(0, 1 + (seed % 3)).Select(i => Noise(
                (seed * 3) + i, random.Next(least, most), random.Next(least, most), (PixelFormat)random.Next(5)))];
        }
    }
}
