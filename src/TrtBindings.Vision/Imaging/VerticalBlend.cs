using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrtBindings.Vision.Imaging;

/// <summary>
/// The vertical step of OpenCV's 8-bit bilinear resize: ((upper * w0 >> 16) + (lower * w1 >> 16) + 2) >> 2, where the rows are
/// horizontal sums shifted right by 4. Both truncations affect the result.
/// </summary>
internal static class VerticalBlend
{
    /// <summary>Interpolates whole rows, whose length is a multiple of 16.</summary>
    public static void Run(
        ReadOnlySpan<short> upper, ReadOnlySpan<short> lower, int weight0, int weight1, Span<byte> output)
    {
        if (upper.Length != output.Length || lower.Length != output.Length || output.Length % 16 != 0)
            throw new ArgumentException("Rows must have one length, a multiple of 16.", nameof(output));
        ref var first = ref MemoryMarshal.GetReference(upper);
        ref var second = ref MemoryMarshal.GetReference(lower);
        ref var target = ref MemoryMarshal.GetReference(output);
        var (w0, w1) = (Vector256.Create(weight0), Vector256.Create(weight1));
        for (nuint i = 0; i < (nuint)output.Length; i += 16)
        {
            var (low0, high0) = Vector256.Widen(Vector256.LoadUnsafe(ref first, i));
            var (low1, high1) = Vector256.Widen(Vector256.LoadUnsafe(ref second, i));
            var words = Vector256.Narrow(Blend(low0, low1, w0, w1), Blend(high0, high1, w0, w1)).AsUInt16();
            Vector128.Narrow(words.GetLower(), words.GetUpper()).StoreUnsafe(ref target, i);
        }
    }

    private static Vector256<int> Blend(
        Vector256<int> upper, Vector256<int> lower, Vector256<int> w0, Vector256<int> w1) =>
        (((upper * w0) >> 16) + ((lower * w1) >> 16) + Vector256.Create(2)) >> 2;
}
