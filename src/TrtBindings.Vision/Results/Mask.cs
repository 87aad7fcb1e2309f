using System.Numerics;
using System.Runtime.InteropServices;

namespace TrtBindings.Vision;

/// <summary>
/// The pixels of one object, one bit each. Only a region is stored; coordinates are those of the whole frame, which is the
/// image or the model's input. A mask in a <see cref="MaskBuffer"/> changes when the buffer is used again.
/// </summary>
public sealed class Mask
{
    private byte[] _bits = [];

    /// <summary>Takes ownership of rows of bits: lowest bit first, each row padded to whole bytes with zeros.</summary>
    internal Mask(int frameWidth, int frameHeight, PixelRegion region, byte[] bits) =>
        Become(frameWidth, frameHeight, region, bits);

    /// <summary>The same with a known number of pixels that are set.</summary>
    internal Mask(int frameWidth, int frameHeight, PixelRegion region, byte[] bits, int area) =>
        Become(frameWidth, frameHeight, region, bits, area);

    /// <summary>Width of the frame in pixels.</summary>
    public int FrameWidth { get; private set; }

    /// <summary>Height of the frame in pixels.</summary>
    public int FrameHeight { get; private set; }

    /// <summary>Left column of the stored region.</summary>
    public int X { get; private set; }

    /// <summary>Top row of the stored region.</summary>
    public int Y { get; private set; }

    /// <summary>Columns of the stored region. No pixel outside the region is set.</summary>
    public int Width { get; private set; }

    /// <summary>Rows of the stored region.</summary>
    public int Height { get; private set; }

    /// <summary>Number of pixels that are set.</summary>
    public int Area { get; private set; }

    /// <summary>True if a pixel of the frame belongs to the object.</summary>
    public bool this[int x, int y]
    {
        get
        {
            var (column, row) = (x - X, y - Y);
            if ((uint)column >= (uint)Width || (uint)row >= (uint)Height) return false;
            return (_bits[(row * RowBytes) + (column >> 3)] & (1 << (column & 7))) != 0;
        }
    }

    /// <summary>One row of the stored region as bits: pixel i is bit i % 8 of byte i / 8; unused bits are 0.</summary>
    /// <param name="row">Row within the region, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such row.</exception>
    public ReadOnlySpan<byte> RowBits(int row)
    {
        if ((uint)row >= (uint)Height)
            throw new ArgumentOutOfRangeException(nameof(row), row, $"The mask has {Height} rows.");
        return _bits.AsSpan(row * RowBytes, RowBytes);
    }

    /// <summary>Writes the whole frame, one byte a pixel, row after row.</summary>
    /// <param name="destination">FrameWidth * FrameHeight bytes.</param>
    /// <param name="value">Value of the object's pixels; every other pixel is 0.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyTo(Span<byte> destination, byte value = 1)
    {
        var length = (long)FrameWidth * FrameHeight;
        if (destination.Length < length)
        {
            throw new ArgumentException(
                $"A frame of {FrameWidth} x {FrameHeight} takes {length:N0} bytes, not {destination.Length:N0}.",
                nameof(destination));
        }

        destination[..(int)length].Clear();
        for (var row = 0; row < Height; row++)
        {
            var bits = RowBits(row);
            var line = destination.Slice(((Y + row) * FrameWidth) + X, Width);
            for (var x = 0; x < line.Length; x++)
                if ((bits[x >> 3] & (1 << (x & 7))) != 0) line[x] = value;
        }
    }

    /// <summary>
    /// The outlines of the object: outer edges and the edges of holes, along the edges between pixels. Pixels that touch only
    /// at a corner belong to different outlines.
    /// </summary>
    /// <param name="tolerance">
    /// Greatest distance of an outline from the pixels' edges. 0 keeps every corner: the areas of the outlines add up to
    /// <see cref="Area"/>, and filling them gives the mask again. 1 turns the steps of a slope into a line.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is negative or not a number.</exception>
    public MaskOutline[] ToOutlines(double tolerance = 0)
    {
        if (!(tolerance >= 0))
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "The tolerance must be at least 0 pixels.");
        return OutlineTracer.Trace(this, tolerance);
    }

    /// <summary>The run lengths of the whole frame in COCO's format.</summary>
    public CocoRunLengths ToCocoRunLengths() => CocoRunLengths.Of(this);

    /// <summary>Changes into another mask. The array of bits may be longer than needed.</summary>
    internal void Become(int frameWidth, int frameHeight, PixelRegion region, byte[] bits) => Become(
        frameWidth, frameHeight, region, bits,
        CountBits(bits.AsSpan(0, RowBytesOf(region.Width) * region.Height)));

    /// <summary>The same with a known number of pixels that are set.</summary>
    internal void Become(int frameWidth, int frameHeight, PixelRegion region, byte[] bits, int area)
    {
        FrameWidth = frameWidth;
        FrameHeight = frameHeight;
        (X, Y, Width, Height) = (region.Left, region.Top, region.Width, region.Height);
        _bits = bits;
        Area = area;
    }

    private int RowBytes => RowBytesOf(Width);

    /// <summary>Bytes of a row of bits.</summary>
    internal static int RowBytesOf(int width) => (width + 7) >> 3;

    private static int CountBits(ReadOnlySpan<byte> bits)
    {
        var count = 0;
        var words = MemoryMarshal.Cast<byte, ulong>(bits);
        foreach (var word in words) count += BitOperations.PopCount(word);
        foreach (var rest in bits[(words.Length * sizeof(ulong))..]) count += BitOperations.PopCount(rest);
        return count;
    }
}
