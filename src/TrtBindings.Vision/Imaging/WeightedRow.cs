using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TrtBindings.Vision.Imaging;

/// <summary>
/// Resizes rows of pixels to 4 bytes a pixel, red, green, blue and 0, by the weights of one axis. Keeps its buffers.
/// </summary>
internal sealed class WeightedRow
{
    private AntialiasedWeights _weights = new();
    private PixelFormat _format;
    private long[] _pairs = [];
    private int _pairStride;
    private int _needed;

    /// <summary>Begins an image.</summary>
    public void Prepare(AntialiasedWeights weights, PixelFormat format)
    {
        (_weights, _format) = (weights, format);
        var most = 0;
        for (var x = 0; x < weights.Count; x++) most = Math.Max(most, weights.Lengths[x]);
        // All pixels get as many pairs, since a loop of changing length is mispredicted. Missing weights are 0.
        _pairStride = (most + 1) / 2;
        if (_pairs.Length < weights.Count * _pairStride) _pairs = new long[weights.Count * _pairStride];
        for (var x = 0; x < weights.Count; x++)
        {
            var own = weights.Weights.AsSpan(x * weights.Stride, 2 * _pairStride);
            for (var i = 0; i < _pairStride; i++)
            {
                var (high, low) = WeightedColumns.Split(own[2 * i], own[(2 * i) + 1]);
                _pairs[(x * _pairStride) + i] = (uint)high | ((long)low << 32);
            }
        }

        // Sixteen bytes are read for two pairs, and pixels are in rising order but for the first, which may be a copy.
        _needed = 0;
        for (var x = 0; x < weights.Count; x++) _needed = Math.Max(_needed, weights.Starts[x]);
        _needed = ((_needed + ((_pairStride - 1) / 2 * 4)) * format.BytesPerPixel()) + 16;
    }

    /// <summary>Bytes that are read of a row whose memory begins at a pixel, some of them beyond its end.</summary>
    public int LengthFrom(int firstPixel) => _needed - (firstPixel * _format.BytesPerPixel());

    /// <summary>Whether all that is read for a row lies in the image's memory.</summary>
    public bool ReadsWithin(ImageView image, int y) => ((long)y * image.Stride) + _needed <= image.Pixels.Length;

    /// <summary>Resizes a row of which memory begins at a pixel.</summary>
    public void Run(ReadOnlySpan<byte> row, int firstPixel, Span<byte> output) => Run(row, 0, output, 0, firstPixel);

    /// <summary>Resizes two rows.</summary>
    /// <param name="row">The first.</param>
    /// <param name="next">Bytes from it to the second; 0 for the same row.</param>
    /// <param name="output">Takes the first; room for whole vectors.</param>
    /// <param name="outputNext">Bytes from it to the second's place.</param>
    /// <param name="firstPixel">The pixel that the memory begins with.</param>
    public void Run(ReadOnlySpan<byte> row, int next, Span<byte> output, int outputNext, int firstPixel = 0)
    {
        if (_format == PixelFormat.Gray)
        {
            Gray(row, firstPixel, output);
            if (next > 0) Gray(row[next..], firstPixel, output[outputNext..]);
        }
        else if (Avx2.IsSupported)
        {
            Pairs(row, next, firstPixel, output, outputNext);
        }
        else
        {
            Pixels(row, firstPixel, output);
            if (next > 0) Pixels(row[next..], firstPixel, output[outputNext..]);
        }
    }

    /// <summary>Two rows side by side in a vector, and of each two pixels at a time.</summary>
    private void Pairs(ReadOnlySpan<byte> row, int next, int firstPixel, Span<byte> output, int outputNext)
    {
        var size = _format.BytesPerPixel();
        var count = _weights.Count;
        var origin = firstPixel * size;
        if (row.Length < next + LengthFrom(firstPixel) || output.Length < outputNext + (count * 4))
            throw new ArgumentException("The memory of the rows is too short.", nameof(row));
        ref var source = ref MemoryMarshal.GetReference(row);
        ref var target = ref MemoryMarshal.GetReference(output);
        var (red, green, blue) = _format.ChannelOffsets();
        var one = Order(red, green, blue, size, 0);
        var two = Order(red, green, blue, size, 2 * size);
        var bits = _weights.Bits;
        var half = Vector256.Create(1 << (bits - 1));
        var starts = _weights.Starts;
        for (var x = 0; x < count; x++)
        {
            ref var from = ref Unsafe.Add(ref source, (starts[x] * size) - origin);
            ref var pair = ref Unsafe.As<long, int>(ref _pairs[x * _pairStride]);
            var (highs, lows) = (Vector256<int>.Zero, half);
            for (var step = _pairStride / 2; step > 0; step--)
            {
                var bytes = Vector256.Create(
                    Vector128.LoadUnsafe(ref from), Vector128.LoadUnsafe(ref Unsafe.Add(ref from, next)));
                var first = Avx2.Shuffle(bytes, one).AsInt16();
                var second = Avx2.Shuffle(bytes, two).AsInt16();
                highs = WeightedColumns.AddPairs(highs, first, Vector256.Create(pair).AsInt16());
                lows = WeightedColumns.AddPairs(lows, first, Vector256.Create(Unsafe.Add(ref pair, 1)).AsInt16());
                highs = WeightedColumns.AddPairs(highs, second, Vector256.Create(Unsafe.Add(ref pair, 2)).AsInt16());
                lows = WeightedColumns.AddPairs(lows, second, Vector256.Create(Unsafe.Add(ref pair, 3)).AsInt16());
                from = ref Unsafe.Add(ref from, 4 * size);
                pair = ref Unsafe.Add(ref pair, 4);
            }

            if (_pairStride % 2 == 1)
            {
                var bytes = Vector256.Create(
                    Vector128.LoadUnsafe(ref from), Vector128.LoadUnsafe(ref Unsafe.Add(ref from, next)));
                var last = Avx2.Shuffle(bytes, one).AsInt16();
                highs = WeightedColumns.AddPairs(highs, last, Vector256.Create(pair).AsInt16());
                lows = WeightedColumns.AddPairs(lows, last, Vector256.Create(Unsafe.Add(ref pair, 1)).AsInt16());
            }

            var words = ((highs << WeightedColumns.LowBits) + lows) >> bits;
            var shorts = Avx2.PackSignedSaturate(words, words);
            var pixels = Avx2.PackUnsignedSaturate(shorts, shorts).AsUInt32();
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, outputNext + (4 * x)), pixels.GetElement(4));
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, 4 * x), pixels.ToScalar());
        }
    }

    /// <summary>The shuffle that turns two pixels into pairs of 16 bits of red, of green, of blue, and zeros.</summary>
    private static Vector256<byte> Order(int red, int green, int blue, int size, int start)
    {
        const byte None = 0x80;
        (red, green, blue) = (red + start, green + start, blue + start);
        var order = Vector128.Create(
            (byte)red, None, (byte)(red + size), None, (byte)green, None, (byte)(green + size), None,
            (byte)blue, None, (byte)(blue + size), None, None, None, None, None);
        return Vector256.Create(order, order);
    }

    /// <summary>One pixel at a time, on any machine.</summary>
    private void Pixels(ReadOnlySpan<byte> row, int firstPixel, Span<byte> output)
    {
        var size = _format.BytesPerPixel();
        var (red, green, blue) = _format.ChannelOffsets();
        var order = Vector128.Create(red, green, blue, 3);
        ref var source = ref MemoryMarshal.GetReference(row);
        var pixels = MemoryMarshal.Cast<byte, uint>(output);
        for (var x = 0; x < _weights.Count; x++)
        {
            ref var from = ref Unsafe.Add(ref source, (_weights.Starts[x] - firstPixel) * size);
            var sum = Vector128.Create(1 << (_weights.Bits - 1));
            foreach (var weight in _weights.Weights.AsSpan(x * _weights.Stride, _weights.Lengths[x]))
            {
                var bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(ref from)).AsByte();
                sum += Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32() * Vector128.Create(weight);
                from = ref Unsafe.Add(ref from, size);
            }

            var rounded = WeightedColumns.Rounded(Vector128.Shuffle(sum, order), _weights.Bits);
            var words = Vector128.Narrow(rounded, Vector128<int>.Zero).AsUInt16();
            pixels[x] = Vector128.Narrow(words, words).AsUInt32().ToScalar();
        }
    }

    private void Gray(ReadOnlySpan<byte> row, int firstPixel, Span<byte> output)
    {
        var pixels = MemoryMarshal.Cast<byte, uint>(output);
        for (var x = 0; x < _weights.Count; x++)
        {
            var weights = _weights.Weights.AsSpan(x * _weights.Stride, _weights.Lengths[x]);
            var values = row.Slice(_weights.Starts[x] - firstPixel, weights.Length);
            var sum = 1 << (_weights.Bits - 1);
            for (var tap = 0; tap < weights.Length; tap++) sum += values[tap] * weights[tap];
            pixels[x] = (uint)Math.Clamp(sum >> _weights.Bits, 0, 255) * 0x010101;
        }
    }
}
