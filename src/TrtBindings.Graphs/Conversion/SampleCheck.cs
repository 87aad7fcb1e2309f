using System.Runtime.InteropServices;

namespace TrtBindings.Graphs.Conversion;

/// <summary>
/// Refuses noise in place of pictures. Noise has no areas of one colour, so the first convolutions answer as they never do in
/// use, and ranges taken from it keep the wrong nodes in 32 bits.
/// </summary>
internal static class SampleCheck
{
    private const int SmallestSide = 8;

    /// <summary>Neighbours in pictures resemble each other by 0.6 and more, in noise by 0.1 at the most.</summary>
    private const double LeastLikeness = 0.25;

    /// <exception cref="ModelOptionException">Every picture among the samples is noise, or of one colour.</exception>
    public static void RefuseNoise(IReadOnlyList<ModelSample> samples)
    {
        var likeness = samples.SelectMany(sample => sample.Tensors.Values)
            .Where(one => one.Type == ElementType.Float && IsPicture(one.Shape))
            .Select(one => Likeness(MemoryMarshal.Cast<byte, float>(one.Bytes.Span), (int)one.Shape[3])).ToList();
        if (likeness.Count == 0 || likeness.Exists(value => value >= LeastLikeness)) return;
        throw new ModelOptionException(nameof(ConversionOptions.Samples),
            "The samples are noise or plain, not pictures: neighbouring pixels have nothing in common. Ranges measured on them "
            + "are not those of the model in use. Give prepared pictures, or no samples.");
    }

    private static bool IsPicture(long[] shape) => shape is [_, <= 4, >= SmallestSide, >= SmallestSide];

    /// <summary>Correlation of each number with the next one of its row.</summary>
    private static double Likeness(ReadOnlySpan<float> values, int width)
    {
        double sum = 0;
        foreach (var value in values) sum += value;
        var mean = sum / values.Length;
        var (shared, total) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            total += (values[i] - mean) * (values[i] - mean);
            if (i % width != width - 1) shared += (values[i] - mean) * (values[i + 1] - mean);
        }

        return total > 0 ? shared / total * width / (width - 1) : 0;
    }
}
