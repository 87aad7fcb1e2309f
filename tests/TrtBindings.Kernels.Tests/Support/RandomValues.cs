namespace TrtBindings.Kernels.Tests.Support;

/// <summary>Numbers for made-up outputs.</summary>
internal static class RandomValues
{
    private static readonly float[] Odd =
        [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, 0, float.Epsilon, 6e4f];

    /// <summary>Numbers of a normal distribution; in steps, so that many are equal, and some not finite, where asked.</summary>
    public static float[] Normal(this Random random, int count, float deviation, float step = 0, double odd = 0)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            var value = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))
                * deviation;
            values[i] = random.NextDouble() < odd ? Odd[random.Next(Odd.Length)]
                : step > 0 ? MathF.Round(value / step) * step : value;
        }

        return values;
    }

    /// <summary>What the processor reads of values that a model returns in half precision.</summary>
    public static float[] Rounded(this float[] values, bool isHalf) =>
        isHalf ? Array.ConvertAll(values, value => (float)(Half)value) : values;
}
