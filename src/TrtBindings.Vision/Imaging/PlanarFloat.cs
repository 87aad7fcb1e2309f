using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrtBindings.Vision.Imaging;

/// <summary>Splits 4-byte pixels into three planes of floats.</summary>
internal static class PlanarFloat
{
    /// <summary>
    /// Encodes the pixels. Divides and does not multiply by reciprocals, which would round differently. The planes have one
    /// length, and there are at least as many pixels.
    /// </summary>
    public static void Write(
        ReadOnlySpan<byte> pixels, in PixelEncoding encoding, Span<float> red, Span<float> green, Span<float> blue)
    {
        var count = red.Length;
        if (green.Length != count || blue.Length != count || pixels.Length < count * 4)
            throw new ArgumentException("Three planes of one length and as many pixels are needed.", nameof(pixels));
        var done = encoding.IsPlainDivision
            ? Divide(pixels, encoding.Divisor, red, green, blue)
            : Encode(pixels, encoding, red, green, blue);
        var (mean, deviation) = (encoding.Mean, encoding.Deviation);
        for (var x = done; x < count; x++)
        {
            red[x] = encoding.Finish(encoding.Start(pixels[4 * x]), mean.Red, deviation.Red);
            green[x] = encoding.Finish(encoding.Start(pixels[(4 * x) + 1]), mean.Green, deviation.Green);
            blue[x] = encoding.Finish(encoding.Start(pixels[(4 * x) + 2]), mean.Blue, deviation.Blue);
        }
    }

    /// <summary>Encodes pixels of four floats, which had the step before the mean already.</summary>
    public static void Write(
        ReadOnlySpan<Vector128<float>> pixels, in PixelEncoding encoding, Span<float> red, Span<float> green, Span<float> blue)
    {
        var (mean, deviation) = (encoding.Mean, encoding.Deviation);
        for (var x = 0; x < red.Length; x++)
        {
            var pixel = pixels[x];
            red[x] = encoding.Finish(pixel[0], mean.Red, deviation.Red);
            green[x] = encoding.Finish(pixel[1], mean.Green, deviation.Green);
            blue[x] = encoding.Finish(pixel[2], mean.Blue, deviation.Blue);
        }
    }

    /// <summary>Writes whole vectors of quotients. Returns the number of pixels.</summary>
    private static int Divide(ReadOnlySpan<byte> pixels, float divisor, Span<float> red, Span<float> green, Span<float> blue)
    {
        ref var source = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<byte, int>(pixels));
        var by = Vector256.Create(divisor);
        var x = 0;
        // Reads bytes as parts of an int, for little-endian machines.
        for (; x <= red.Length - Vector256<int>.Count; x += Vector256<int>.Count)
        {
            var four = Vector256.LoadUnsafe(ref source, (nuint)x);
            Store(Lowest(four) / by, red, x);
            Store(Lowest(four >> 8) / by, green, x);
            Store(Lowest(four >> 16) / by, blue, x);
        }

        return x;
    }

    /// <summary>Writes whole vectors of the full formula. Returns the number of pixels.</summary>
    private static int Encode(
        ReadOnlySpan<byte> pixels, in PixelEncoding encoding, Span<float> red, Span<float> green, Span<float> blue)
    {
        ref var source = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<byte, int>(pixels));
        var (mean, deviation) = (encoding.Mean, encoding.Deviation);
        var x = 0;
        for (; x <= red.Length - Vector256<int>.Count; x += Vector256<int>.Count)
        {
            var four = Vector256.LoadUnsafe(ref source, (nuint)x);
            Store(Encoded(Lowest(four), encoding, mean.Red, deviation.Red), red, x);
            Store(Encoded(Lowest(four >> 8), encoding, mean.Green, deviation.Green), green, x);
            Store(Encoded(Lowest(four >> 16), encoding, mean.Blue, deviation.Blue), blue, x);
        }

        return x;
    }

    private static Vector256<float> Lowest(Vector256<int> lanes) =>
        Vector256.ConvertToSingle(lanes & Vector256.Create(0xFF));

    private static Vector256<float> Encoded(Vector256<float> value, in PixelEncoding encoding, float mean, float deviation)
    {
        value = encoding.Reciprocal != 0 ? value * Vector256.Create(encoding.Reciprocal)
            : value / Vector256.Create(encoding.Divisor);
        value -= Vector256.Create(mean);
        return encoding.Factor != 0 ? value * Vector256.Create(encoding.Factor) : value / Vector256.Create(deviation);
    }

    private static void Store(Vector256<float> value, Span<float> plane, int x) =>
        value.StoreUnsafe(ref MemoryMarshal.GetReference(plane), (nuint)x);
}
