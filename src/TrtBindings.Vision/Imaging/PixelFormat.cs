namespace TrtBindings.Vision;

/// <summary>Order of the 8-bit channels of one pixel in memory. Alpha is ignored.</summary>
public enum PixelFormat
{
    /// <summary>3 bytes: red, green, blue.</summary>
    Rgb,
    /// <summary>3 bytes: blue, green, red (OpenCV's order).</summary>
    Bgr,
    /// <summary>4 bytes: red, green, blue, alpha.</summary>
    Rgba,
    /// <summary>4 bytes: blue, green, red, alpha (the order of most screen bitmaps).</summary>
    Bgra,
    /// <summary>1 byte: brightness, used for red, green and blue.</summary>
    Gray,
}

/// <summary>Facts about a <see cref="PixelFormat"/>.</summary>
public static class PixelFormatExtensions
{
    /// <summary>Bytes of one pixel: 1, 3 or 4.</summary>
    /// <exception cref="ImageException">The value is not declared.</exception>
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
