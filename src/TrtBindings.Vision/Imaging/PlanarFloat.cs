using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrtBindings.Vision;

/// <summary>Takes 4-byte pixels apart into three planes of floats in 0 to 1.</summary>
internal static class PlanarFloat
{
    /// <summary>
    /// Writes value / 255 (a division: multiplying by the reciprocal rounds differently). The planes have one length;
    /// the pixels are at least as many.
    /// </summary>
    public static void Write(ReadOnlySpan<byte> pixels, Span<float> red, Span<float> green, Span<float> blue)
    {
        var count = red.Length;
        if (green.Length != count || blue.Length != count || pixels.Length < count * 4)
            throw new ArgumentException("Three planes of one length and as many pixels are needed.", nameof(pixels));
        var source = MemoryMarshal.Cast<byte, int>(pixels);
        var x = 0;
        // The lanes are bytes of an int in memory order, so this is for little-endian machines, as .NET's are.
        for (; x <= count - Vector256<int>.Count; x += Vector256<int>.Count)
        {
            var four = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(source), (nuint)x);
            Store(four, red, x);
            Store(four >> 8, green, x);
            Store(four >> 16, blue, x);
        }

        for (; x < count; x++)
        {
            red[x] = pixels[4 * x] / 255f;
            green[x] = pixels[(4 * x) + 1] / 255f;
            blue[x] = pixels[(4 * x) + 2] / 255f;
        }
    }

    private static void Store(Vector256<int> value, Span<float> plane, int x) =>
        (Vector256.ConvertToSingle(value & Vector256.Create(0xFF)) / Vector256.Create(255f))
            .StoreUnsafe(ref MemoryMarshal.GetReference(plane), (nuint)x);
}
