namespace TrtBindings.Vision.Tests.Support;

/// <summary>Pictures of noise or of one colour.</summary>
internal static class Photos
{
    public static ImageMemory Noise(int seed, int width, int height, PixelFormat format = PixelFormat.Rgb)
    {
        var pixels = new byte[width * height * format.BytesPerPixel()];
        new Random(seed).NextBytes(pixels);
        return new(pixels, width, height, format);
    }

    public static ImageMemory Plain(int width, int height, byte red, byte green, byte blue)
    {
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < pixels.Length; i += 3) (pixels[i], pixels[i + 1], pixels[i + 2]) = (red, green, blue);
        return new(pixels, width, height, PixelFormat.Rgb);
    }
}
