namespace TrtBindings.Vision.Yolo;

/// <summary>
/// Greedy suppression in falling order of score: a box is dropped if its intersection over union with a box that was kept is
/// above the threshold.
/// </summary>
/// <remarks>
/// As in Ultralytics, boxes are moved by 7680 pixels for each class before they are compared. At class 79 the step between two
/// floats is then 1/16 pixel, which decides pairs near the threshold.
/// </remarks>
internal static class NonMaximumSuppression
{
    private const int ClassStep = 7680;

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

    /// <summary>By how much the boxes of a class are moved, so that those of different classes do not meet.</summary>
    public static float OffsetOf(int classIndex, bool agnostic) => agnostic ? 0 : ClassStep * (float)classIndex;

    private static bool IsSuppressed(in Candidate candidate, ReadOnlySpan<Candidate> kept, float iou, bool agnostic)
    {
        var offset = OffsetOf(candidate.ClassIndex, agnostic);
        var box = Moved(candidate.Box, offset);
        foreach (ref readonly var better in kept)
        {
            if (!agnostic && better.ClassIndex != candidate.ClassIndex) continue;
            if (Moved(better.Box, offset).IntersectionOverUnion(box) > iou) return true;
        }

        return false;
    }

    private static Box Moved(Box box, float by) => new(box.X1 + by, box.Y1 + by, box.X2 + by, box.Y2 + by);
}
