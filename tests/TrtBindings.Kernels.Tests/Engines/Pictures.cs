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
}
