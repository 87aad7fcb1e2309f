namespace TrtBindings.Vision;

/// <summary>
/// The pixels of an image of any imaging library, where they are: 8 bits a channel, rows top to bottom. No pixel is copied.
/// </summary>
public readonly ref struct ImageView
{
    /// <summary>A view of pixels.</summary>
    /// <param name="pixels">The memory, starting with the top left pixel.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="format">Order of the channels.</param>
    /// <param name="stride">Bytes from the start of one row to the next; 0 if there is nothing between rows.</param>
    /// <exception cref="ImageException">A size is below 1, or the memory does not hold that many pixels.</exception>
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

    /// <summary>Width in pixels; 0 for a default value, which every engine refuses.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Order of the channels.</summary>
    public PixelFormat Format { get; }

    /// <summary>Bytes from the start of one row to the next.</summary>
    public int Stride { get; }

    /// <summary>A view of native memory.</summary>
    /// <inheritdoc cref="ImageMemory.FromPointer" path="/param[@name != 'owner']|/exception|/remarks"/>
    public static unsafe ImageView FromPointer(nint pixels, int width, int height, PixelFormat format, int stride = 0)
    {
        var (bytesPerRow, length) = PixelMemory.CheckPointer(pixels, width, height, format, stride);
        return new(new ReadOnlySpan<byte>((void*)pixels, length), width, height, format, bytesPerRow);
    }

    /// <summary>A rectangle of this image, over the same memory.</summary>
    /// <inheritdoc cref="ImageMemory.Crop" path="/param|/exception"/>
    public ImageView Crop(int x, int y, int width, int height) =>
        new(Pixels[StartOf(x, y, width, height)..], width, height, Format, Stride);

    /// <summary>The bytes of one row, without its padding.</summary>
    internal ReadOnlySpan<byte> Row(int y) => Pixels.Slice(y * Stride, Width * Format.BytesPerPixel());

    /// <exception cref="ImageException">This is a default value.</exception>
    internal void ThrowIfEmpty()
    {
        if (Width == 0 || Height == 0)
            throw new ImageException("The image is empty (a default value); make it with its constructor.");
    }

    /// <summary>Offset in bytes of a rectangle's top left pixel.</summary>
    /// <exception cref="ImageException">This is a default value, or the rectangle is not inside the image.</exception>
    internal int StartOf(int x, int y, int width, int height)
    {
        ThrowIfEmpty();
        if (x < 0 || y < 0 || width < 1 || height < 1 || x > Width - width || y > Height - height)
        {
            throw new ImageException($"A rectangle of {width} x {height} pixels at ({x}, {y}) is not inside an image of "
                + $"{Width} x {Height}.");
        }

        return (y * Stride) + (x * Format.BytesPerPixel());
    }
}
