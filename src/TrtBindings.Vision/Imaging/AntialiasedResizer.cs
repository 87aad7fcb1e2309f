using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrtBindings.Vision.Imaging;

/// <summary>
/// Resizes 8-bit images as Pillow does, which torchvision's and timm's transforms use: horizontally, then vertically, each
/// rounded to 8 bits; see <see cref="AntialiasedWeights"/>. Only the crop is computed. Pillow 13 sometimes resizes vertically
/// first, which changes results by 1 at most. Keeps its buffers. Not thread-safe.
/// </summary>
internal sealed class AntialiasedResizer
{
    /// <summary>Red, green, blue and an unused byte.</summary>
    private const int Lanes = 4;

    private readonly AntialiasedWeights _columns = new();
    private readonly AntialiasedWeights _rows = new();
    private byte[] _scaled = [];
    private byte[] _line = [];
    private byte[] _result = [];
    private int _pitch;
    private int _firstRow;

    /// <summary>Resizes horizontally; <see cref="Row"/> does the rest.</summary>
    /// <exception cref="ImageException">The image is empty or too large.</exception>
    public void Begin(ImageView image, in CropGeometry crop, ResizeFilter filter)
    {
        image.ThrowIfEmpty();
        _columns.Prepare(image.Width, crop.ResizedWidth, crop.Left, crop.Width, filter);
        _rows.Prepare(image.Height, crop.ResizedHeight, crop.Top, crop.Height, filter);
        // Whole vectors are read and written.
        _pitch = ((crop.Width * Lanes) + 15) & ~15;
        _firstRow = _rows.First;
        var count = _rows.End - _firstRow;
        if ((long)count * _pitch > Array.MaxLength)
            throw new ImageException($"An image of {image.Width} x {image.Height} is too large to be resized at once.");
        if (_scaled.Length < count * _pitch) _scaled = new byte[count * _pitch];
        if (_result.Length < _pitch) _result = new byte[_pitch];
        for (var row = 0; row < count; row++)
            Scale(image, _firstRow + row, _scaled.AsSpan(row * _pitch, crop.Width * Lanes));
    }

    /// <summary>One row of the crop, 4 bytes a pixel: red, green, blue, unused. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Row(int y)
    {
        var weights = _rows.Weights.AsSpan(y * _rows.Stride, _rows.Lengths[y]);
        var source = _scaled.AsSpan((_rows.Starts[y] - _firstRow) * _pitch, weights.Length * _pitch);
        if (weights is [AntialiasedWeights.One]) return source;
        for (var at = 0; at < _pitch; at += 16) Blend(source, at, weights);
        return _result.AsSpan(0, _pitch);
    }

    private void Blend(ReadOnlySpan<byte> source, int at, ReadOnlySpan<int> weights)
    {
        ref var first = ref MemoryMarshal.GetReference(source);
        var half = Vector128.Create(1 << (AntialiasedWeights.Bits - 1));
        var (a, b, c, d) = (half, half, half, half);
        for (var tap = 0; tap < weights.Length; tap++)
        {
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref first, (nuint)((tap * _pitch) + at)));
            var (low0, low1) = Vector128.Widen(low);
            var (high0, high1) = Vector128.Widen(high);
            var weight = Vector128.Create(weights[tap]);
            a += low0.AsInt32() * weight;
            b += low1.AsInt32() * weight;
            c += high0.AsInt32() * weight;
            d += high1.AsInt32() * weight;
        }

        var bytes = Vector128.Narrow(
            Vector128.Narrow(Rounded(a), Rounded(b)).AsUInt16(), Vector128.Narrow(Rounded(c), Rounded(d)).AsUInt16());
        bytes.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(_result), (nuint)at);
    }

    private void Scale(ImageView image, int y, Span<byte> output)
    {
        var size = image.Format.BytesPerPixel();
        if (size == 1)
        {
            ScaleGray(image.Row(y), output);
            return;
        }

        var row = image.Pixels[(y * image.Stride)..];
        // A pixel is read as 4 bytes, and the last one may lie outside the caller's memory.
        if (row.Length < ((image.Width - 1) * size) + sizeof(uint))
        {
            if (_line.Length < (image.Width * size) + 1) _line = new byte[(image.Width * size) + 1];
            image.Row(y).CopyTo(_line);
            row = _line;
        }

        var (red, green, blue) = image.Format.ChannelOffsets();
        var order = Vector128.Create(red, green, blue, 3);
        ref var source = ref MemoryMarshal.GetReference(row);
        var pixels = MemoryMarshal.Cast<byte, uint>(output);
        for (var x = 0; x < pixels.Length; x++)
        {
            ref var from = ref Unsafe.Add(ref source, _columns.Starts[x] * size);
            var sum = Vector128.Create(1 << (AntialiasedWeights.Bits - 1));
            foreach (var weight in _columns.Weights.AsSpan(x * _columns.Stride, _columns.Lengths[x]))
            {
                var bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(ref from)).AsByte();
                sum += Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32() * Vector128.Create(weight);
                from = ref Unsafe.Add(ref from, size);
            }

            var words = Vector128.Narrow(Rounded(Vector128.Shuffle(sum, order)), Vector128<int>.Zero).AsUInt16();
            pixels[x] = Vector128.Narrow(words, words).AsUInt32().ToScalar();
        }
    }

    private void ScaleGray(ReadOnlySpan<byte> row, Span<byte> output)
    {
        var pixels = MemoryMarshal.Cast<byte, uint>(output);
        for (var x = 0; x < pixels.Length; x++)
        {
            var weights = _columns.Weights.AsSpan(x * _columns.Stride, _columns.Lengths[x]);
            var values = row.Slice(_columns.Starts[x], weights.Length);
            var sum = 1 << (AntialiasedWeights.Bits - 1);
            for (var tap = 0; tap < weights.Length; tap++) sum += values[tap] * weights[tap];
            pixels[x] = (uint)Math.Clamp(sum >> AntialiasedWeights.Bits, 0, 255) * 0x010101;
        }
    }

    /// <summary>Rounds sums to 0 to 255.</summary>
    private static Vector128<int> Rounded(Vector128<int> sums) =>
        Vector128.Min(Vector128.Max(sums >> AntialiasedWeights.Bits, Vector128<int>.Zero), Vector128.Create(255));
}
