using TrtBindings.Cli.Npy;

namespace TrtBindings.Cli.Inputs;

/// <summary>
/// Inputs for runs whose content does not matter, the same for the same seed. Pictures are waves with noise, because a model
/// finds nothing but rounding in pure noise; integers are 0 and 1, which are valid indices of nearly everything.
/// </summary>
internal static class SeededArrays
{
    private const double Noise = 0.15;
    private const int Waves = 4;

    /// <summary>An array for an input. Each row of the first dimension has content of its own.</summary>
    public static NpyArray Of(TensorDescription input, long[] shape, int seed)
    {
        var count = shape.Aggregate(1L, (all, length) => checked(all * length));
        var random = new Random(unchecked((seed * 397) ^ StableHash(input.Name)));
        if (input.ElementType == ElementType.String)
            return new(input.ElementType, shape, []) { Text = Enumerable.Repeat("text", checked((int)count)).ToArray() };
        var bytes = new byte[checked(count * input.ElementType.BitWidth() / 8)];
        if (FloatElements.Are(input.ElementType))
            FloatElements.Write(input.ElementType, bytes, FloatsOf(shape, (int)count, random));
        else if (input.ElementType == ElementType.UInt8 && shape.Length == 4) random.NextBytes(bytes);
        else FillIntegers(bytes, input.ElementType.BitWidth() / 8, random);
        return new(input.ElementType, shape, bytes);
    }

    private static float[] FloatsOf(long[] shape, int count, Random random)
    {
        var values = new float[count];
        if (shape is not [.., > 1, > 1] || shape.Length < 3)
        {
            for (var i = 0; i < count; i++) values[i] = random.NextSingle();
            return values;
        }

        var (height, width) = ((int)shape[^2], (int)shape[^1]);
        for (var first = 0; first < count; first += height * width)
            FillPlane(values.AsSpan(first, height * width), width, random);
        return values;
    }

    private static void FillPlane(Span<float> plane, int width, Random random)
    {
        Span<(double X, double Y, double Phase)> waves = stackalloc (double, double, double)[Waves];
        foreach (ref var wave in waves)
            wave = (random.NextDouble() * 0.08, random.NextDouble() * 0.08, random.NextDouble() * Math.Tau);
        for (var i = 0; i < plane.Length; i++)
        {
            var sum = 0.0;
            foreach (var (x, y, phase) in waves) sum += Math.Sin((i % width * x) + (i / width * y) + phase);
            plane[i] = (float)Math.Clamp(0.5 + (sum / (2 * Waves)) + (Noise * (random.NextDouble() - 0.5)), 0, 1);
        }
    }

    private static void FillIntegers(Span<byte> bytes, int size, Random random)
    {
        for (var at = 0; at < bytes.Length; at += size) bytes[at] = (byte)random.Next(2);
    }

    /// <summary>The same in every process, unlike a string's own.</summary>
    private static int StableHash(string text)
    {
        var hash = 17;
        foreach (var character in text) hash = unchecked((hash * 31) + character);
        return hash;
    }
}
