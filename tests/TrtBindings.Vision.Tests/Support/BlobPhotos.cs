namespace TrtBindings.Vision.Tests.Support;

/// <summary>Pictures made from a seed.</summary>
internal static class BlobPhotos
{
    /// <summary>Noise at several scales, so that a model that averages sees different values.</summary>
    public static ImageMemory Make(int seed, int width, int height, PixelFormat format = PixelFormat.Rgb)
    {
        var random = new Random(seed);
        var size = format.BytesPerPixel();
        var pixels = new byte[width * height * size];
        var coarse = new byte[(((width / 16) + 1) * ((height / 16) + 1)) * size];
        random.NextBytes(coarse);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                for (var c = 0; c < size; c++)
                {
                    var blob = coarse[(((y / 16 * ((width / 16) + 1)) + (x / 16)) * size) + c];
                    pixels[(((y * width) + x) * size) + c] = (byte)Math.Clamp(blob + random.Next(-8, 9), 0, 255);
                }

        return new(pixels, width, height, format);
    }
}
