using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrtBindings.Vision.Yolo;

/// <summary>
/// Makes masks: coefficients times prototypes where the box needs them, resized bilinearly to the frame (half-pixel centres,
/// corners not aligned), above 0. Keeps its buffers. Not thread-safe.
/// </summary>
internal sealed class MaskDecoder
{
    private readonly MaskLogits _logits = new();
    private readonly RowPair<float> _rows = new();
    private byte[] _bits = [];
    private int[] _columns = [];
    private float[] _fractions = [];

    /// <summary>Makes one mask; <see langword="null"/> if none of its pixels is set.</summary>
    /// <param name="head">The prototypes.</param>
    /// <param name="coefficients">The M coefficients.</param>
    /// <param name="window">The part of the prototype grid that the frame covers.</param>
    /// <param name="box">The box in pixels of the frame; pixels outside it are not set.</param>
    /// <param name="frameWidth">Width of the frame.</param>
    /// <param name="frameHeight">Height of the frame.</param>
    /// <param name="buffer">Memory for the mask; new memory if <see langword="null"/>.</param>
    public Mask? Decode(
        in YoloSegHead head, ReadOnlySpan<float> coefficients, PrototypeWindow window, Box box,
        int frameWidth, int frameHeight, MaskBuffer? buffer)
    {
        var region = PixelRegion.Inside(box, frameWidth, frameHeight);
        if (region.IsEmpty) return null;
        var length = Mask.RowBytesOf(region.Width) * region.Height;
        // Without a buffer the bits are copied, so that an empty mask allocates nothing.
        var bits = (buffer is null ? Scratch.Of(ref _bits, length) : buffer.Rent(length).AsSpan())[..length];
        Fill(head, coefficients, window, region, (frameWidth, frameHeight), bits);
        if (!bits.ContainsAnyExcept((byte)0)) return null;
        return buffer?.Add(frameWidth, frameHeight, region) ?? new(frameWidth, frameHeight, region, bits.ToArray());
    }

    private void Fill(
        in YoloSegHead head, ReadOnlySpan<float> coefficients, PrototypeWindow window, PixelRegion region,
        (int Width, int Height) frame, Span<byte> bits)
    {
        var (stepX, stepY) = (window.Width / (float)frame.Width, window.Height / (float)frame.Height);
        BilinearTap.Locate(region.Left, stepX, window.Width, out var left, out _);
        BilinearTap.Locate(region.Right - 1, stepX, window.Width, out var right, out _);
        BilinearTap.Locate(region.Top, stepY, window.Height, out var top, out _);
        BilinearTap.Locate(region.Bottom - 1, stepY, window.Height, out var bottom, out _);
        // One more than the last index, for its right or lower neighbour if it has one.
        var needed = new PrototypeWindow(
            window.Top + top, window.Left + left,
            window.Top + Math.Min(bottom + 2, window.Height), window.Left + Math.Min(right + 2, window.Width),
            window.Enlargement);
        var logits = _logits.Compute(head, coefficients, needed);
        Prepare(region, stepX, window.Width, left);
        Threshold(logits, region, stepY, window.Height, top, needed, bits);
    }

    private void Prepare(PixelRegion region, float stepX, int windowWidth, int left)
    {
        var columns = Scratch.Of(ref _columns, region.Width);
        var fractions = Scratch.Of(ref _fractions, region.Width);
        for (var x = 0; x < columns.Length; x++)
        {
            BilinearTap.Locate(region.Left + x, stepX, windowWidth, out columns[x], out fractions[x]);
            columns[x] -= left;
        }

        // Whole vectors are read, so the padding must not be above 0.
        var padded = (region.Width + Vector256<float>.Count - 1) & ~(Vector256<float>.Count - 1);
        _rows.Begin(padded);
        _rows.Upper.AsSpan(region.Width, padded - region.Width).Fill(-1);
        _rows.Lower.AsSpan(region.Width, padded - region.Width).Fill(-1);
    }

    private void Threshold(
        ReadOnlySpan<float> logits, PixelRegion region, float stepY, int windowHeight, int top, PrototypeWindow needed,
        Span<byte> bits)
    {
        var rowBytes = Mask.RowBytesOf(region.Width);
        for (var y = 0; y < region.Height; y++)
        {
            BilinearTap.Locate(region.Top + y, stepY, windowHeight, out var index, out var fraction);
            var (upper, lower) = (index - top, Math.Min(index + 1, windowHeight - 1) - top);
            var width = needed.Width;
            if (_rows.WantsUpper(upper)) Interpolate(logits.Slice(upper * width, width), _rows.Upper.AsSpan(0, region.Width));
            if (_rows.WantsLower(lower)) Interpolate(logits.Slice(lower * width, width), _rows.Lower.AsSpan(0, region.Width));
            Above0(1 - fraction, fraction, bits.Slice(y * rowBytes, rowBytes));
        }
    }

    private void Interpolate(ReadOnlySpan<float> line, Span<float> output) =>
        BilinearTap.Interpolate(line, _columns, _fractions, output);

    /// <summary>Writes one row of bits: eight pixels a byte, lowest bit first.</summary>
    private void Above0(float weight0, float weight1, Span<byte> bits)
    {
        ref var upper = ref MemoryMarshal.GetArrayDataReference(_rows.Upper);
        ref var lower = ref MemoryMarshal.GetArrayDataReference(_rows.Lower);
        for (var i = 0; i < bits.Length; i++)
        {
            var at = (nuint)(i * Vector256<float>.Count);
            var value = (Vector256.LoadUnsafe(ref upper, at) * weight0)
                + (Vector256.LoadUnsafe(ref lower, at) * weight1);
            bits[i] = (byte)Vector256.GreaterThan(value, Vector256<float>.Zero).ExtractMostSignificantBits();
        }
    }
}
