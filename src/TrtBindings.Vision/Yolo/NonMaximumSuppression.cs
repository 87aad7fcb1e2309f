namespace TrtBindings.Vision.Yolo;

/// <summary>
/// Greedy suppression in falling order of score: a box is dropped if its intersection over union with a box that was kept is
/// above the threshold.
/// </summary>
/// <remarks>
/// Classes are compared. Ultralytics instead moves boxes by 7680 pixels for each class, where at class 79 the step between two
/// floats is 1/16 pixel, so pairs near the threshold can differ from it.
/// </remarks>
internal static class NonMaximumSuppression
{
    /// <summary>Selects from sorted candidates.</summary>
    /// <param name="head">The dense output that the keys belong to.</param>
    /// <param name="keys">The keys of <see cref="DenseDecoder"/>.</param>
    /// <param name="iou">The threshold.</param>
    /// <param name="agnostic">Whether a box also suppresses boxes of other classes.</param>
    /// <param name="kept">Takes the candidates that are kept, in order; its length is the most that are kept.</param>
    /// <returns>Number of candidates kept.</returns>
    public static int Run(in YoloOutput head, ReadOnlySpan<ulong> keys, float iou, bool agnostic, Span<Candidate> kept)
    {
        var count = 0;
        foreach (var key in keys)
        {
            // Later candidates never displace one that is kept.
            if (count == kept.Length) break;
            var candidate = DenseDecoder.Read(head, key);
            if (!IsSuppressed(candidate, kept[..count], iou, agnostic)) kept[count++] = candidate;
        }

        return count;
    }

    private static bool IsSuppressed(in Candidate candidate, ReadOnlySpan<Candidate> kept, float iou, bool agnostic)
    {
        foreach (ref readonly var better in kept)
        {
            if (!agnostic && better.ClassIndex != candidate.ClassIndex) continue;
            if (better.Box.IntersectionOverUnion(candidate.Box) > iou) return true;
        }

        return false;
    }
}
