namespace TrtBindings.Vision;

/// <summary>Facts about a <see cref="PixelFormat"/>.</summary>
public static class PixelFormatExtensions
{
    /// <summary>Bytes of one pixel: 1, 3 or 4.</summary>
    /// <exception cref="ImageException">Not one of the declared formats.</exception>
    public static int BytesPerPixel(this PixelFormat format) => format switch
    {
        PixelFormat.Rgb or PixelFormat.Bgr => 3,
        PixelFormat.Rgba or PixelFormat.Bgra => 4,
        PixelFormat.Gray => 1,
        _ => throw new ImageException($"{(int)format} is not a pixel format; use one of "
            + $"{string.Join(", ", Enum.GetNames<PixelFormat>())}."),
    };

    /// <summary>Byte offsets of red, green and blue inside one pixel.</summary>
    internal static (int Red, int Green, int Blue) ChannelOffsets(this PixelFormat format) => format switch
    {
        PixelFormat.Rgb or PixelFormat.Rgba => (0, 1, 2),
        PixelFormat.Bgr or PixelFormat.Bgra => (2, 1, 0),
        _ => (0, 0, 0),
    };
}
