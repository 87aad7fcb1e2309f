using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrtBindings.Vision.MaskRcnn;

/// <summary>Makes masks from probabilities that the model has pasted into the image.</summary>
internal static class MaskCutter
{
    /// <summary>
    /// Makes the mask of the pixels at or above the threshold. Only pixels near the box are read: a pasted mask is zero further
    /// away than one value of its window, for which a quarter of the box is enough.
    /// </summary>
    public static Mask Cut(
        ReadOnlySpan<float> plane, Box box, (int Width, int Height) frame, float threshold, MaskBuffer? buffer)
    {
        var (left, right) = Near(box.X1, box.X2, frame.Width);
        var (top, bottom) = Near(box.Y1, box.Y2, frame.Height);
        var region = new PixelRegion(left, top, right, bottom);
        if (region.IsEmpty) region = default;
        var rowBytes = Mask.RowBytesOf(region.Width);
        var length = rowBytes * region.Height;
        var bits = buffer?.Rent(length) ?? new byte[length];
        for (var y = 0; y < region.Height; y++)
        {
            var row = plane.Slice(((region.Top + y) * frame.Width) + region.Left, region.Width);
            Threshold(row, threshold, bits.AsSpan(y * rowBytes, rowBytes));
        }

        return buffer?.Add(frame.Width, frame.Height, region) ?? new(frame.Width, frame.Height, region, bits);
    }

    private static (int First, int End) Near(float low, float high, int length)
    {
        var margin = ((high - low) / 4) + 2;
        return (
            Math.Clamp((int)MathF.Floor(low - margin), 0, length), Math.Clamp((int)MathF.Ceiling(high + margin), 0, length));
    }

    private static void Threshold(ReadOnlySpan<float> row, float threshold, Span<byte> bits)
    {
        ref var source = ref MemoryMarshal.GetReference(row);
        var least = Vector256.Create(threshold);
        var i = 0;
        for (; i <= row.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            bits[i >> 3] = (byte)Vector256.GreaterThanOrEqual(Vector256.LoadUnsafe(ref source, (nuint)i), least)
                .ExtractMostSignificantBits();
        }

        if (i == row.Length) return;
        var last = 0;
        for (; i < row.Length; i++)
            if (row[i] >= threshold) last |= 1 << (i & 7);
        bits[^1] = (byte)last;
    }
}
