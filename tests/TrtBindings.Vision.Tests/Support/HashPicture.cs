namespace TrtBindings.Vision.Tests.Support;

/// <summary>A picture of noise made by a formula: a mixed hash of each byte's place.</summary>
internal static class HashPicture
{
    public static ImageMemory Make(int width, int height, PixelFormat format = PixelFormat.Rgb)
    {
        var pixels = new byte[width * height * format.BytesPerPixel()];
        for (var i = 0; i < pixels.Length; i++)
        {
            var value = unchecked((uint)((ulong)i * 2654435761UL));
            value ^= value >> 15;
            value = unchecked(value * 2246822519);
            value ^= value >> 13;
            pixels[i] = (byte)(value >> 24);
        }

        return new(pixels, width, height, format);
    }
}
