using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TrtBindings.Vision.Imaging;

/// <summary>Weighted sums of rows of bytes, rounded to bytes.</summary>
internal static class WeightedColumns
{
    /// <summary>
    /// Bits of the lower part of a weight, which is multiplied on its own, since products of 16 bits are fastest.
    /// </summary>
    public const int LowBits = 11;

    /// <summary>Adds up rows.</summary>
    /// <param name="source">The first row; as many bytes of each are read as the output has.</param>
    /// <param name="pitch">Bytes from one row to the next.</param>
    /// <param name="weights">Weights in fixed point, followed by a 0 if their number is odd.</param>
    /// <param name="count">Number of weights.</param>
    /// <param name="bits">Their fractional bits.</param>
    /// <param name="output">Takes the sums.</param>
    public static void Run(
        ReadOnlySpan<byte> source, int pitch, ReadOnlySpan<int> weights, int count, int bits, Span<byte> output)
    {
        if (source.Length < ((count - 1) * (long)pitch) + output.Length)
            throw new ArgumentException("There are not as many rows as weights.", nameof(source));
        var done = Avx2.IsSupported ? Pairs(source, pitch, weights, count, bits, output)
            : Vectors(source, pitch, weights, count, bits, output);
        for (var at = done; at < output.Length; at++)
        {
            var sum = 1 << (bits - 1);
            for (var tap = 0; tap < count; tap++) sum += source[(tap * pitch) + at] * weights[tap];
            output[at] = (byte)Math.Clamp(sum >> bits, 0, 255);
        }
    }

    /// <summary>Two rows at a time. Returns the number of bytes.</summary>
    private static int Pairs(
        ReadOnlySpan<byte> source, int pitch, ReadOnlySpan<int> weights, int count, int bits, Span<byte> output)
    {
        ref var first = ref MemoryMarshal.GetReference(source);
        ref var target = ref MemoryMarshal.GetReference(output);
        var half = Vector256.Create(1 << (bits - 1));
        var at = 0;
        for (; at <= output.Length - 16; at += 16)
        {
            var (high0, high1) = (Vector256<int>.Zero, Vector256<int>.Zero);
            var (low0, low1) = (half, half);
            for (var tap = 0; tap < count; tap += 2)
            {
                var upper = Vector128.LoadUnsafe(ref first, (nuint)((tap * pitch) + at));
                // Without a second row its weight is 0, and the first one is read again.
                var next = tap + 1 < count ? tap + 1 : tap;
                var lower = Vector128.LoadUnsafe(ref first, (nuint)((next * pitch) + at));
                var (high, low) = Split(weights[tap], weights[tap + 1]);
                var (highs, lows) = (Vector256.Create(high).AsInt16(), Vector256.Create(low).AsInt16());
                var left = Avx2.ConvertToVector256Int16(Sse2.UnpackLow(upper, lower));
                var right = Avx2.ConvertToVector256Int16(Sse2.UnpackHigh(upper, lower));
                high0 = AddPairs(high0, left, highs);
                low0 = AddPairs(low0, left, lows);
                high1 = AddPairs(high1, right, highs);
                low1 = AddPairs(low1, right, lows);
            }

            var words = Avx2.PackSignedSaturate(((high0 << LowBits) + low0) >> bits, ((high1 << LowBits) + low1) >> bits);
            words = Avx2.Permute4x64(words.AsInt64(), 0b11_01_10_00).AsInt16();
            Sse2.PackUnsignedSaturate(words.GetLower(), words.GetUpper()).StoreUnsafe(ref target, (nuint)at);
        }

        return at;
    }

    /// <summary>One row at a time, on any machine. Returns the number of bytes.</summary>
    private static int Vectors(
        ReadOnlySpan<byte> source, int pitch, ReadOnlySpan<int> weights, int count, int bits, Span<byte> output)
    {
        ref var first = ref MemoryMarshal.GetReference(source);
        var half = Vector128.Create(1 << (bits - 1));
        var at = 0;
        for (; at <= output.Length - 16; at += 16)
        {
            var (a, b, c, d) = (half, half, half, half);
            for (var tap = 0; tap < count; tap++)
            {
                var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref first, (nuint)((tap * pitch) + at)));
                var (low0, low1) = Vector128.Widen(low);
                var (high0, high1) = Vector128.Widen(high);
                var weight = Vector128.Create(weights[tap]);
                a += low0.AsInt32() * weight;
                b += low1.AsInt32() * weight;
                c += high0.AsInt32() * weight;
                d += high1.AsInt32() * weight;
            }

            var bytes = Vector128.Narrow(
                Vector128.Narrow(Rounded(a, bits), Rounded(b, bits)).AsUInt16(),
                Vector128.Narrow(Rounded(c, bits), Rounded(d, bits)).AsUInt16());
            bytes.StoreUnsafe(ref MemoryMarshal.GetReference(output), (nuint)at);
        }

        return at;
    }

    /// <summary>Two weights as pairs of 16 bits: the upper parts, and the <see cref="LowBits"/> lower bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (int High, int Low) Split(int first, int second)
    {
        const int Mask = (1 << LowBits) - 1;
        return (((first >> LowBits) & 0xFFFF) | ((second >> LowBits) << 16), (first & Mask) | ((second & Mask) << 16));
    }

    /// <summary>Adds the products of neighbouring 16-bit numbers to sums; one instruction where the processor has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> AddPairs(Vector256<int> sums, Vector256<short> values, Vector256<short> weights) =>
        AvxVnni.IsSupported ? AvxVnni.MultiplyWideningAndAdd(sums, values, weights)
            : sums + Avx2.MultiplyAddAdjacent(values, weights);

    /// <summary>Rounds sums to 0 to 255.</summary>
    public static Vector128<int> Rounded(Vector128<int> sums, int bits) =>
        Vector128.Min(Vector128.Max(sums >> bits, Vector128<int>.Zero), Vector128.Create(255));
}
