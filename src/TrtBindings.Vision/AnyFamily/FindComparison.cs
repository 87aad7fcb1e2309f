using System.Globalization;

namespace TrtBindings.Vision.AnyFamily;

/// <summary>
/// Compares the finds of each picture as sets: what a program would be told has to be in the other list too, of the same class,
/// in the same place, with the same score, mask and key points.
/// </summary>
internal sealed class FindComparison(ReadResults expected, ReadResults actual, ParityTolerance tolerance)
{
    /// <summary>The score that most programs ask for.</summary>
    private const float UsualConfidence = 0.25f;

    /// <summary>Two boxes that overlap less are not of one thing.</summary>
    private const double LeastOverlap = 0.5;

    /// <summary>
    /// Boxes of one class that overlap so far are near to what suppression merges: rounding decides whether both are found.
    /// </summary>
    private const double Merged = 0.35;

    /// <summary>A key point that is less visible than this lies anywhere.</summary>
    private const float Visible = 0.5f;

    private readonly PartTally _finds = new("finds", 1);
    private readonly PartTally _boxes = new("boxes", expected.Side);
    private readonly PartTally _scores = new("scores", 1);
    private readonly PartTally _turned = new("turned boxes", 1);
    private readonly PartTally _masks = new("masks", 1);
    private readonly PartTally _points = new("key points", expected.Side);
    private long _alone;

    /// <summary>Compares all pictures.</summary>
    public IReadOnlyList<ResultParity> Compare()
    {
        for (var i = 0; i < expected.Pictures.Count; i++) Compare(i);
        _finds.Agreement = _finds.Count + _alone == 0 ? null : (double)_finds.Count / (_finds.Count + _alone);
        // A find is lost among few sooner than the share of many says.
        var found = _finds.Agreement >= tolerance.Agreement ? _finds.Result with { Problem = null } : _finds.Result;
        return [found, .. new[] { _boxes, _scores, _turned, _masks, _points }
            .Where(part => part.Count > 0).Select(part => part.Result)];
    }

    private void Compare(int picture)
    {
        var (left, right) = (expected.Pictures[picture].Objects, actual.Pictures[picture].Objects);
        var bar = Math.Max(Math.Max(BarOf(left), EndOf(left)), EndOf(right));
        var pairs = new FindPairs(left, right, LeastOverlap);
        foreach (var (one, two) in pairs.Match(bar))
        {
            _finds.Count++;
            Compare(picture, left[one], right[two]);
        }

        Tell(picture, left, right, pairs.OpenLeft, bar, "the reference", "the engine");
        Tell(picture, right, left, pairs.OpenRight, bar, "the engine", "the reference");
    }

    /// <summary>
    /// The score from which on a find counts: the usual one, or half of the best where a picture that is only drawn gives low
    /// ones. A find within the tolerance of no score at all may be lost.
    /// </summary>
    private double BarOf(IReadOnlyList<LabelledObject> finds) => Math.Max(tolerance.Score, finds.Count == 0 ? UsualConfidence
        : Math.Clamp(finds.Max(find => find.Score) / 2, 2 * ReadResults.LeastScore, UsualConfidence));

    /// <summary>A full list ends at any score.</summary>
    private double EndOf(IReadOnlyList<LabelledObject> finds) =>
        finds.Count < ReadResults.MostFinds ? 0 : finds.Min(find => find.Score) + tolerance.Score;

    private void Tell(int picture, IReadOnlyList<LabelledObject> own, IReadOnlyList<LabelledObject> others, IEnumerable<int> open,
        double bar, string whose, string whoNot)
    {
        foreach (var at in open)
        {
            var find = own[at];
            if (find.Score <= bar || others.Any(other => IsMerged(find, other))) continue;
            _alone++;
            var instead = others.Where(other => other.ClassIndex != find.ClassIndex && other.Score > bar)
                .FirstOrDefault(other => find.Box.IntersectionOverUnion(other.Box) >= LeastOverlap);
            _finds.Tell(picture, find.Score, $"{find} of picture {picture} is found by {whose} and not by {whoNot}"
                + (instead is null ? "" : $", which finds {instead} there"));
        }
    }

    private static bool IsMerged(LabelledObject one, LabelledObject other) =>
        one.ClassIndex == other.ClassIndex && other.Score >= one.Score / 2 && one.Box.IntersectionOverUnion(other.Box) >= Merged;

    private void Compare(int picture, LabelledObject one, LabelledObject two)
    {
        var edge = Largest(one.Box.X1 - two.Box.X1, one.Box.Y1 - two.Box.Y1, one.Box.X2 - two.Box.X2, one.Box.Y2 - two.Box.Y2);
        _boxes.Add(picture, edge, edge / expected.Side, tolerance.Position, () => Text(
            $"{one} of picture {picture} is {two} in the engine: an edge is off by {edge:0.##} px, {edge / expected.Side:G3} of ")
            + Text($"{expected.Side}, and the tolerance is {tolerance.Position:G3}"));
        var apart = Math.Abs((double)one.Score - two.Score);
        _scores.Add(picture, apart, apart, tolerance.Score, () => Text(
            $"{one} of picture {picture} has the score {two.Score:0.####} instead of {one.Score:0.####} in the engine: ")
            + Text($"{apart:G3}, and the tolerance is {tolerance.Score:G3}"));
        if (one.OrientedBox is { } turned && two.OrientedBox is { } other)
            AddOverlap(_turned, picture, turned.ProbabilisticIou(other), one, "box");
        if (one.Mask is { } mask && two.Mask is { } otherMask)
            AddOverlap(_masks, picture, MaskOverlap.Of(mask, otherMask).ShareWithoutSeam, one, "mask");
        ComparePoints(picture, one, two);
    }

    private void AddOverlap(PartTally part, int picture, double overlap, LabelledObject find, string what)
    {
        part.Agreement = Math.Min(part.Agreement ?? 1, overlap);
        part.Add(picture, 1 - overlap, 1 - overlap, 1 - tolerance.Overlap, () => Text(
            $"the {what} of {find} of picture {picture} overlaps that of the engine by {overlap:0.####}, and the tolerance is ")
            + Text($"at least {tolerance.Overlap:0.####}"));
    }

    private void ComparePoints(int picture, LabelledObject one, LabelledObject two)
    {
        var left = one.KeyPoints.Span;
        var right = two.KeyPoints.Span;
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            if (left[i].Confidence < Visible || right[i].Confidence < Visible) continue;
            var (point, other, at) = (left[i], right[i], i);
            var off = Largest(point.X - other.X, point.Y - other.Y);
            _points.Add(picture, off, off / expected.Side, tolerance.Position, () => Text(
                $"key point {at} of {one} of picture {picture} is off by {off:0.##} px, {off / expected.Side:G3} of ")
                + Text($"{expected.Side}, and the tolerance is {tolerance.Position:G3}"));
        }
    }

    private static double Largest(params ReadOnlySpan<float> differences)
    {
        var largest = 0f;
        // A number that is none is beyond every tolerance.
        foreach (var one in differences) largest = float.IsNaN(one) ? float.PositiveInfinity : Math.Max(largest, Math.Abs(one));
        return largest;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
