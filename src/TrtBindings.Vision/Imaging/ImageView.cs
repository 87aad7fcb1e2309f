namespace TrtBindings.Vision;

/// <summary>
/// Pixels of any imaging library, 8 bits a channel, rows from top to bottom. Nothing is copied.
/// </summary>
public readonly ref struct ImageView
{
    /// <summary>A view of memory of the caller.</summary>
    /// <param name="pixels">The memory, starting with the top left pixel.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="format">Order of the channels.</param>
    /// <param name="stride">Bytes from the start of one row to the next; 0 if rows are not padded.</param>
    /// <exception cref="ImageException">A side is below 1, or the memory is too small.</exception>
    public ImageView(ReadOnlySpan<byte> pixels, int width, int height, PixelFormat format, int stride = 0)
    {
        Stride = PixelMemory.Check(pixels.Length, width, height, format, stride);
        Pixels = pixels;
        Width = width;
        Height = height;
        Format = format;
    }

    /// <summary>The memory.</summary>
    public ReadOnlySpan<byte> Pixels { get; }

    /// <summary>Width in pixels; 0 for a default value, which engines refuse.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Order of the channels.</summary>
    public PixelFormat Format { get; }

    /// <summary>Bytes from the start of one row to the next.</summary>
    public int Stride { get; }

    /// <summary>The bytes of one row without padding.</summary>
    internal ReadOnlySpan<byte> Row(int y) => Pixels.Slice(y * Stride, Width * Format.BytesPerPixel());

    /// <exception cref="ImageException">This is a default value.</exception>
    internal void ThrowIfEmpty()
    {
        if (Width == 0 || Height == 0)
            throw new ImageException("The image is empty (a default value); make it with its constructor.");
    }
}
