namespace TrtBindings.Vision.Imaging;

/// <summary>The two source pixels of an output pixel in torch's bilinear resize (corners not aligned).</summary>
internal static class BilinearTap
{
    /// <summary>
    /// Source position of an output pixel: max(step * (i + 0.5) - 0.5, 0). At the last source pixel the fraction is 0.
    /// </summary>
    /// <param name="position">The output pixel.</param>
    /// <param name="step">Source pixels for each output pixel.</param>
    /// <param name="length">Source pixels.</param>
    /// <param name="index">The source pixel before the position.</param>
    /// <param name="fraction">Weight of the source pixel after it.</param>
    public static void Locate(int position, float step, int length, out int index, out float fraction)
    {
        var at = MathF.Max((step * (position + 0.5f)) - 0.5f, 0);
        index = Math.Min((int)at, length - 1);
        fraction = index < length - 1 ? at - index : 0;
    }

    /// <summary>Resizes one row. Behind the last source pixel there is that pixel again.</summary>
    /// <param name="source">The source pixels.</param>
    /// <param name="indices">For each output pixel the source pixel before it.</param>
    /// <param name="fractions">For each output pixel the weight of the source pixel after it.</param>
    /// <param name="output">The output pixels.</param>
    public static void Interpolate(
        ReadOnlySpan<float> source, ReadOnlySpan<int> indices, ReadOnlySpan<float> fractions, Span<float> output)
    {
        for (var x = 0; x < output.Length; x++)
        {
            var index = indices[x];
            var next = Math.Min(index + 1, source.Length - 1);
            output[x] = ((1 - fractions[x]) * source[index]) + (fractions[x] * source[next]);
        }
    }
}
