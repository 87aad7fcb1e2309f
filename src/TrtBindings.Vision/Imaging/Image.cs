namespace TrtBindings.Vision;

/// <summary>
/// Pixels of any imaging library, for batches: as <see cref="ImageView"/>, but over memory that can be stored. Converts to a
/// view. Nothing is copied.
/// </summary>
public readonly struct Image
{
    /// <summary>An image over memory of the caller.</summary>
    /// <param name="pixels">The memory, starting with the top left pixel.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="format">Order of the channels.</param>
    /// <param name="stride">Bytes from the start of one row to the next; 0 if rows are not padded.</param>
    /// <exception cref="ImageException">A side is below 1, or the memory is too small.</exception>
    public Image(ReadOnlyMemory<byte> pixels, int width, int height, PixelFormat format, int stride = 0)
    {
        Stride = PixelMemory.Check(pixels.Length, width, height, format, stride);
        Pixels = pixels;
        Width = width;
        Height = height;
        Format = format;
    }

    /// <summary>The memory.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>Width in pixels; 0 for a default value, which engines refuse.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Order of the channels.</summary>
    public PixelFormat Format { get; }

    /// <summary>Bytes from the start of one row to the next.</summary>
    public int Stride { get; }

    /// <summary>The same pixels as a view. A default image has a default view.</summary>
    public ImageView View => Width == 0 ? default : new(Pixels.Span, Width, Height, Format, Stride);

    /// <summary>The same pixels as a view.</summary>
    public static implicit operator ImageView(Image image) => image.View;
}
