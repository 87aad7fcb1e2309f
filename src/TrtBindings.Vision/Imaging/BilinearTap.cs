namespace TrtBindings.Vision.Imaging;

/// <summary>Where an output pixel of torch's bilinear resize (corners not aligned) takes its two neighbours.</summary>
internal static class BilinearTap
{
    /// <summary>
    /// Source position of an output pixel: max(step * (i + 0.5) - 0.5, 0); at the last one
    /// the fraction is 0.
    /// </summary>
    /// <param name="position">The output pixel.</param>
    /// <param name="step">Source pixels for each output pixel.</param>
    /// <param name="length">Source pixels.</param>
    /// <param name="index">The neighbour before it.</param>
    /// <param name="fraction">Weight of the one behind.</param>
    public static void Locate(int position, float step, int length, out int index, out float fraction)
    {
        var at = MathF.Max((step * (position + 0.5f)) - 0.5f, 0);
        index = Math.Min((int)at, length - 1);
        fraction = index < length - 1 ? at - index : 0;
    }
}
