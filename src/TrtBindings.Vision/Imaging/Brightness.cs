namespace TrtBindings.Vision.Imaging;

/// <summary>Converts colour to brightness.</summary>
internal static class Brightness
{
    /// <summary>
    /// Pillow's mode L, from ITU-R BT.601: (19595 red + 38470 green + 7471 blue + 32768) / 65536, truncated.
    /// </summary>
    public static byte Of(int red, int green, int blue) =>
        (byte)(((19595 * red) + (38470 * green) + (7471 * blue) + 0x8000) >> 16);

    /// <summary>Converts an image to grey in a buffer, which is enlarged if needed. A grey image is returned as it is.</summary>
    public static ImageView Of(ImageView image, ref byte[] buffer)
    {
        if (image.Format == PixelFormat.Gray) return image;
        var length = image.Width * image.Height;
        if (buffer.Length < length) buffer = new byte[length];
        var (red, green, blue) = image.Format.ChannelOffsets();
        var size = image.Format.BytesPerPixel();
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Row(y);
            var line = buffer.AsSpan(y * image.Width, image.Width);
            for (var x = 0; x < line.Length; x++)
                line[x] = Of(row[(x * size) + red], row[(x * size) + green], row[(x * size) + blue]);
        }

        return new(buffer.AsSpan(0, length), image.Width, image.Height, PixelFormat.Gray);
    }
}
