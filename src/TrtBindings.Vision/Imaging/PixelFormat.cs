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
    /// <summary>1 byte of brightness; red, green and blue are all equal to it.</summary>
    Gray,
}
