namespace TrtBindings.Vision;

/// <summary>
/// The pixels of an image, in memory that can be kept: a managed array or native memory of any imaging library. Batches take
/// these; a call for one image takes an <see cref="ImageView"/>, to which an image converts. No pixel is copied.
/// </summary>
public readonly unsafe struct ImageMemory
{
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly byte* _pointer;
    private readonly int _length;
    private readonly object? _owner;

    /// <summary>An image over managed memory.</summary>
    /// <param name="pixels">The memory, starting with the top left pixel.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="format">Order of the channels.</param>
    /// <param name="stride">Bytes from the start of one row to the next; 0 if there is nothing between rows.</param>
    /// <exception cref="ImageException">A size is below 1, or the memory does not hold that many pixels.</exception>
    public ImageMemory(ReadOnlyMemory<byte> pixels, int width, int height, PixelFormat format, int stride = 0)
    {
        Stride = PixelMemory.Check(pixels.Length, width, height, format, stride);
        (_memory, Width, Height, Format) = (pixels, width, height, format);
    }

    private ImageMemory(byte* pointer, int length, object? owner, int width, int height, PixelFormat format, int stride)
    {
        _pointer = pointer;
        (_length, _owner) = (length, owner);
        (Width, Height, Format, Stride) = (width, height, format, stride);
    }

    /// <summary>The bytes from the top left pixel on; those of native memory end with the last pixel.</summary>
    public ReadOnlySpan<byte> Pixels => _pointer is null ? _memory.Span : new(_pointer, _length);

    /// <summary>Width in pixels; 0 for a default value, which every engine refuses.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Order of the channels.</summary>
    public PixelFormat Format { get; }

    /// <summary>Bytes from the start of one row to the next.</summary>
    public int Stride { get; }

    /// <summary>The same pixels as a view; a default image gives a default view.</summary>
    public ImageView View => Width == 0 ? default : new(Pixels, Width, Height, Format, Stride);

    /// <summary>The same pixels as a view.</summary>
    public static implicit operator ImageView(ImageMemory image) => image.View;

    /// <summary>An image over native memory. Allocates nothing.</summary>
    /// <param name="pixels">Address of the top left pixel.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="format">Order of the channels.</param>
    /// <param name="stride">Bytes from the start of one row to the next; 0 if there is nothing between rows.</param>
    /// <param name="owner">
    /// The object that frees the memory when it is collected, for example the bitmap. The image keeps it from being
    /// collected, but not from being disposed.
    /// </param>
    /// <exception cref="ImageException">A size is below 1, the address is null, or the image is larger than a span.</exception>
    /// <remarks>
    /// Nothing can check the address: the memory must hold stride * (height - 1) bytes and one row, and must stay where it is
    /// until the last call that takes the image, or a view of it, has returned.
    /// </remarks>
    public static ImageMemory FromPointer(
        nint pixels, int width, int height, PixelFormat format, int stride = 0, object? owner = null)
    {
        var (bytesPerRow, length) = PixelMemory.CheckPointer(pixels, width, height, format, stride);
        return new((byte*)pixels, length, owner, width, height, format, bytesPerRow);
    }

    /// <summary>A rectangle of this image, over the same memory.</summary>
    /// <param name="x">Left column, from 0.</param>
    /// <param name="y">Top row, from 0.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <exception cref="ImageException">The image is a default value, or the rectangle is not inside it.</exception>
    public ImageMemory Crop(int x, int y, int width, int height)
    {
        var start = View.StartOf(x, y, width, height);
        return _pointer is null
            ? new(_memory[start..], width, height, Format, Stride)
            : new(_pointer + start, _length - start, _owner, width, height, Format, Stride);
    }

    /// <summary>Keeps the owner of native memory from being collected up to this call.</summary>
    internal void KeepAlive() => GC.KeepAlive(_owner);
}
