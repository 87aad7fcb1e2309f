namespace TrtBindings.Vision;

/// <summary>Where an output pixel lies in the source of a float resize: half-pixel centres, corners not aligned.</summary>
internal static class BilinearPosition
{
    /// <summary>
    /// max(step * (i + 0.5) - 0.5, 0) as an index and a fraction; at the last index the fraction is 0.
    /// </summary>
    /// <param name="position">Output pixel i.</param>
    /// <param name="step">Source length divided by output length.</param>
    /// <param name="length">Source length.</param>
    /// <param name="index">The source pixel to the left or above.</param>
    /// <param name="fraction">Weight of the one after it.</param>
    public static void Of(int position, float step, int length, out int index, out float fraction)
    {
        var at = MathF.Max((step * (position + 0.5f)) - 0.5f, 0);
        index = Math.Min((int)at, length - 1);
        fraction = index < length - 1 ? at - index : 0;
    }
}
