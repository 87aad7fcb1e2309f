namespace TrtBindings.Vision.Yolo;

/// <summary>
/// Greedy suppression in falling score order: a box goes if its intersection over union with one that stays is above
/// the threshold; an equal one stays.
/// </summary>
/// <remarks>
/// Classes are kept apart exactly, by comparing them. Ultralytics keeps them apart by moving each box by 7680 pixels a
/// class, where at class 79 the step between two floats is 1/16 pixel; borderline pairs can therefore differ from it.
/// </remarks>
internal static class NonMaximumSuppression
{
    /// <summary>Keeps the best of sorted candidates.</summary>
    /// <param name="head">The dense head that the keys belong to.</param>
    /// <param name="keys">What <see cref="DenseDecoder"/> found.</param>
    /// <param name="iou">The threshold.</param>
    /// <param name="agnostic">Whether boxes of different classes suppress each other.</param>
    /// <param name="kept">Takes what stays, best first; its length is the most that may stay.</param>
    /// <returns>How many stay.</returns>
    public static int Run(in YoloOutput head, ReadOnlySpan<ulong> keys, float iou, bool agnostic, Span<Candidate> kept)
    {
        var count = 0;
        foreach (var key in keys)
        {
            // What comes later cannot displace what is already kept, so a full list is final.
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
