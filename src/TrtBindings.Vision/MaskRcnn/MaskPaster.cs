using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrtBindings.Vision.MaskRcnn;

/// <summary>
/// Makes masks in the image from the window of probabilities that a model returns for each box. Keeps its buffers. Not
/// thread-safe.
/// </summary>
internal sealed class MaskPaster
{
    private MaskTap[] _columns = [];
    private MaskTap[] _lines = [];
    private float[] _rows = [];

    /// <summary>Pastes as Detectron2 does: samples the window at each pixel's centre.</summary>
    /// <param name="head">The objects.</param>
    /// <param name="index">The object.</param>
    /// <param name="box">Its box in the image, clipped.</param>
    /// <param name="frame">Size of the image.</param>
    /// <param name="threshold">Pixels of this probability or more are set.</param>
    /// <param name="buffer">Memory for the mask; new memory if <see langword="null"/>.</param>
    public Mask Sample(
        in MaskRcnnHead head, int index, Box box, (int Width, int Height) frame, float threshold, MaskBuffer? buffer)
    {
        var region = new PixelRegion(
            Inside(MathF.Floor(box.X1) - 1, frame.Width), Inside(MathF.Floor(box.Y1) - 1, frame.Height),
            Inside(MathF.Ceiling(box.X2) + 1, frame.Width), Inside(MathF.Ceiling(box.Y2) + 1, frame.Height));
        if (region.IsEmpty) return Empty(frame, buffer);
        Prepare(region);
        for (var x = 0; x < region.Width; x++)
            _columns[x] = MaskTap.Sampled(region.Left + x, box.X1, box.X2, head.MaskWidth);
        for (var y = 0; y < region.Height; y++)
            _lines[y] = MaskTap.Sampled(region.Top + y, box.Y1, box.Y2, head.MaskHeight);
        return Paste(head, index, region, frame, threshold, buffer);
    }

    /// <summary>
    /// Pastes as torchvision does: the window gets a border of zeros, and the box grows in proportion and is truncated to whole
    /// pixels.
    /// </summary>
    /// <inheritdoc cref="Sample"/>
    public Mask Resize(
        in MaskRcnnHead head, int index, Box box, (int Width, int Height) frame, float threshold, MaskBuffer? buffer)
    {
        // The width gives the factor for both axes.
        var growth = (head.MaskWidth + 2) / (float)head.MaskWidth;
        var (left, right) = Grown(box.X1, box.X2, growth);
        var (top, bottom) = Grown(box.Y1, box.Y2, growth);
        var region = new PixelRegion(
            Inside(left, frame.Width), Inside(top, frame.Height), Inside(right + 1, frame.Width),
            Inside(bottom + 1, frame.Height));
        if (region.IsEmpty) return Empty(frame, buffer);
        Prepare(region);
        var (width, height) = (Math.Max(right - left + 1, 1), Math.Max(bottom - top + 1, 1));
        for (var x = 0; x < region.Width; x++)
            _columns[x] = MaskTap.Resized(region.Left + x - left, width, head.MaskWidth);
        for (var y = 0; y < region.Height; y++)
            _lines[y] = MaskTap.Resized(region.Top + y - top, height, head.MaskHeight);
        return Paste(head, index, region, frame, threshold, buffer);
    }

    private static (int Low, int High) Grown(float low, float high, float growth)
    {
        var half = (high - low) * 0.5f * growth;
        var centre = (high + low) * 0.5f;
        return (Whole(centre - half), Whole(centre + half));
    }

    /// <summary>Truncates towards zero; an edge far outside stays outside.</summary>
    private static int Whole(float edge) => (int)Math.Clamp(edge, -(1 << 29), 1 << 29);

    /// <summary>Clamps an edge to the image; NaN becomes 0.</summary>
    private static int Inside(float edge, int length) => (int)Math.Clamp(edge, 0, length);

    private static Mask Empty((int Width, int Height) frame, MaskBuffer? buffer)
    {
        buffer?.Rent(0);
        return buffer?.Add(frame.Width, frame.Height, default) ?? new(frame.Width, frame.Height, default, []);
    }

    private void Prepare(PixelRegion region)
    {
        if (_columns.Length < region.Width) _columns = new MaskTap[region.Width];
        if (_lines.Length < region.Height) _lines = new MaskTap[region.Height];
    }

    private Mask Paste(
        in MaskRcnnHead head, int index, PixelRegion region, (int Width, int Height) frame, float threshold, MaskBuffer? buffer)
    {
        var rowBytes = Mask.RowBytesOf(region.Width);
        Interpolate(head.MaskAt(index), head.MaskWidth, head.MaskHeight, region.Width, 8 * rowBytes);
        var length = rowBytes * region.Height;
        var bits = buffer?.Rent(length) ?? new byte[length];
        for (var y = 0; y < region.Height; y++)
            Blend(_lines[y], 8 * rowBytes, threshold, bits.AsSpan(y * rowBytes, rowBytes));
        return buffer?.Add(frame.Width, frame.Height, region) ?? new(frame.Width, frame.Height, region, bits);
    }

    /// <summary>Resizes every row of the window to the region's columns. The padding of a row is below any threshold.</summary>
    private void Interpolate(ReadOnlySpan<float> window, int width, int height, int columns, int stride)
    {
        if (_rows.Length < height * stride) _rows = new float[height * stride];
        for (var y = 0; y < height; y++)
        {
            var source = window.Slice(y * width, width);
            var target = _rows.AsSpan(y * stride, stride);
            for (var x = 0; x < columns; x++)
            {
                ref readonly var tap = ref _columns[x];
                target[x] = (source[tap.First] * tap.Weight0) + (source[tap.Second] * tap.Weight1);
            }

            target[columns..].Fill(float.NegativeInfinity);
        }
    }

    /// <summary>Writes one row of bits: eight pixels a byte, lowest bit first.</summary>
    private void Blend(in MaskTap line, int stride, float threshold, Span<byte> bits)
    {
        ref var upper = ref MemoryMarshal.GetReference(_rows.AsSpan(line.First * stride, stride));
        ref var lower = ref MemoryMarshal.GetReference(_rows.AsSpan(line.Second * stride, stride));
        var (weight0, weight1, least) = (
            Vector256.Create(line.Weight0), Vector256.Create(line.Weight1), Vector256.Create(threshold));
        for (var i = 0; i < bits.Length; i++)
        {
            var at = (nuint)(i * Vector256<float>.Count);
            var value = (Vector256.LoadUnsafe(ref upper, at) * weight0) + (Vector256.LoadUnsafe(ref lower, at) * weight1);
            bits[i] = (byte)Vector256.GreaterThanOrEqual(value, least).ExtractMostSignificantBits();
        }
    }
}
