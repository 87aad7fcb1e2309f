using System.Globalization;
using System.Numerics;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Gpu.Tests.TypedResults;

/// <summary>How far what two backends found is apart, over many pictures.</summary>
internal sealed class FindComparison(Tolerance tolerance)
{
    /// <summary>Two boxes that overlap less are not of one thing.</summary>
    private const double LeastOverlap = 0.5;

    private readonly List<string> _missing = [];
    private readonly List<string> _extra = [];
    private bool _hasMasks;
    private double _intersection;
    private double _union;

    public int Pictures { get; private set; }

    /// <summary>What the CPU found.</summary>
    public int Finds { get; private set; }

    /// <summary>Finds of one backend only, too near to the end of the list to say more.</summary>
    public int AtTheEnd { get; private set; }

    /// <summary>Other finds of one backend only.</summary>
    public int Unmatched => _missing.Count + _extra.Count;

    /// <summary>Finds in another place of the list, among neighbours of equal score.</summary>
    public int Moved { get; private set; }

    /// <summary>Largest difference of a box's edge in pixels.</summary>
    public double Box { get; private set; }

    public double Score { get; private set; }

    /// <summary>Largest difference of a key point in pixels.</summary>
    public double Point { get; private set; }

    /// <summary>Least intersection over union of two masks; a mask of a few pixels makes it small.</summary>
    public double LeastMask { get; private set; } = 1;

    /// <summary>Intersection over union of all masks taken together.</summary>
    public double Masks => _union == 0 ? 1 : _intersection / _union;

    /// <summary>Whether lists are the same within the tolerance.</summary>
    public bool Holds => Unmatched == 0 && Box <= tolerance.Box && Score <= tolerance.Score
        && (tolerance.IsHalf || (Point <= tolerance.Box && Masks >= 0.999));

    /// <summary>The bar that <see cref="Holds"/> stands for.</summary>
    public string Bar => string.Create(CultureInfo.InvariantCulture,
        $"the same finds, boxes {tolerance.Box} px, scores {tolerance.Score:0.####}")
        + (tolerance.IsHalf ? "" : ", key points as boxes, masks 0.999");

    /// <summary>Compares one picture's finds, best first.</summary>
    /// <param name="expected">Of the CPU.</param>
    /// <param name="found">Of TensorRT.</param>
    /// <param name="end">The score at which lists end: the threshold, or that of the last one.</param>
    /// <param name="pixel">Pixels of the picture that are one of the model's input, where the picture was shrunk; or 1.</param>
    public void Add(IReadOnlyList<Find> expected, IReadOnlyList<Find> found, double end, double pixel = 1)
    {
        Pictures++;
        Finds += expected.Count;
        var open = new bool[found.Count];
        Array.Fill(open, true);
        for (var i = 0; i < expected.Count; i++)
        {
            var best = Best(expected[i], found, open);
            if (best < 0)
            {
                Leave(expected[i], end, _missing);
                continue;
            }

            open[best] = false;
            if (best != i) Moved++;
            Compare(expected[i], found[best], pixel);
        }

        for (var i = 0; i < open.Length; i++)
            if (open[i]) Leave(found[i], end, _extra);
    }

    public override string ToString()
    {
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{Pictures} pictures, {Finds} finds: boxes {Box:0.######} px, scores {Score:0.#######}");
        if (Point > 0) text += string.Create(CultureInfo.InvariantCulture, $", key points {Point:0.######} px");
        if (_union > 0)
            text += string.Create(CultureInfo.InvariantCulture, $", masks {Masks:0.######} (least {LeastMask:0.####})");
        else if (_hasMasks) text += ", masks all empty";
        if (Moved > 0) text += $"; {Moved} in another place of their list";
        if (AtTheEnd > 0) text += $"; {AtTheEnd} in one list only, at its end";
        return text + Text("of the CPU only", _missing) + Text("of the GPU only", _extra);

        static string Text(string whose, List<string> finds) =>
            finds.Count == 0 ? "" : $"; {finds.Count} {whose}, first {string.Join(" and ", finds.Take(2))}";
    }

    private static int Best(Find wanted, IReadOnlyList<Find> found, bool[] open)
    {
        var (best, most) = (-1, LeastOverlap);
        for (var i = 0; i < open.Length; i++)
        {
            if (!open[i] || found[i].Class != wanted.Class) continue;
            var overlap = found[i].Box.IntersectionOverUnion(wanted.Box);
            if (overlap > most) (best, most) = (i, overlap);
        }

        return best;
    }

    private void Leave(Find alone, double end, List<string> where)
    {
        if (Math.Abs(alone.Score - end) <= tolerance.Near)
        {
            AtTheEnd++;
            return;
        }

        where.Add(string.Create(CultureInfo.InvariantCulture,
            $"class {alone.Class} score {alone.Score:0.####} at {alone.Box} of picture {Pictures}"));
    }

    private void Compare(Find left, Find right, double pixel)
    {
        Score = Math.Max(Score, Math.Abs((double)left.Score - right.Score));
        var (one, other) = (left.Box, right.Box);
        double[] edges = [one.X1 - other.X1, one.Y1 - other.Y1, one.X2 - other.X2, one.Y2 - other.Y2];
        Box = Math.Max(Box, edges.Max(Math.Abs) / pixel);
        for (var i = 0; left.Points is { } points && i < 5; i++)
        {
            var apart = Vector2.Abs(points[i] - right.Points!.Value[i]);
            Point = Math.Max(Point, Math.Max(apart.X, apart.Y) / pixel);
        }

        if (left.Mask is null || right.Mask is null) return;
        _hasMasks = true;
        var overlap = Same.Overlap(left.Mask, right.Mask);
        LeastMask = Math.Min(LeastMask, overlap);
        // Areas and the overlap give the intersection back.
        var areas = left.Mask.Area + right.Mask.Area;
        var intersection = overlap * areas / (1 + overlap);
        if (areas > 0) (_intersection, _union) = (_intersection + intersection, _union + areas - intersection);
    }
}
