namespace TrtBindings.Vision.Tests.YoloSeg;

/// <summary>The largest differences between two lists of instances, each paired with the one that it overlaps most.</summary>
/// <param name="SameInstances">True if the lists have the same length, and the classes of each pair are equal.</param>
/// <param name="Box">Largest difference of a box edge in pixels.</param>
/// <param name="Score">Largest difference of a score.</param>
/// <param name="MaskOverlap">Least intersection over union of two masks.</param>
internal sealed record InstanceDifference(bool SameInstances, double Box, double Score, double MaskOverlap)
{
    /// <summary>Compares two lists in any order: scores that differ in the last bit may change places.</summary>
    /// <param name="found">Class, score, box and mask of each instance.</param>
    /// <param name="expected">Class, score and box of each instance.</param>
    /// <param name="overlap">Intersection over union of a found mask and an expected one (its index).</param>
    public static InstanceDifference Of(
        IReadOnlyList<(int Class, float Score, Box Box, Mask Mask)> found,
        IReadOnlyList<(int Class, float Score, Box Box)> expected, Func<Mask, int, double> overlap)
    {
        if (found.Count != expected.Count || found.Count == 0) return new(false, double.NaN, double.NaN, double.NaN);
        var left = found.ToList();
        var (same, box, score, mask) = (true, 0.0, 0.0, 1.0);
        for (var i = 0; i < expected.Count; i++)
        {
            var wanted = expected[i];
            var one = left.OrderByDescending(candidate => candidate.Class == wanted.Class)
                .ThenByDescending(candidate => candidate.Box.IntersectionOverUnion(wanted.Box)).First();
            left.Remove(one);
            same &= one.Class == wanted.Class;
            box = Math.Max(box, Distance(one.Box, wanted.Box));
            score = Math.Max(score, Math.Abs(one.Score - wanted.Score));
            mask = Math.Min(mask, overlap(one.Mask, i));
        }

        return new(same, box, score, mask);
    }

    private static double Distance(Box one, Box other) => new[]
    {
        one.X1 - other.X1, one.Y1 - other.Y1, one.X2 - other.X2, one.Y2 - other.Y2,
    }.Max(difference => Math.Abs((double)difference));
}
