namespace TrtBindings.Vision.AnyFamily;

/// <summary>Finds of two lists that are of one thing: of one class, with boxes that overlap.</summary>
internal sealed class FindPairs(IReadOnlyList<LabelledObject> left, IReadOnlyList<LabelledObject> right, double leastOverlap)
{
    private readonly HashSet<int> _left = [.. Enumerable.Range(0, left.Count)];
    private readonly HashSet<int> _right = [.. Enumerable.Range(0, right.Count)];

    /// <summary>Finds of the left list without a partner, best first.</summary>
    public IEnumerable<int> OpenLeft => _left.OrderByDescending(at => left[at].Score);

    /// <summary>Finds of the right list without a partner, best first.</summary>
    public IEnumerable<int> OpenRight => _right.OrderByDescending(at => right[at].Score);

    /// <summary>Pairs every find of which one side is above a score. The partner of a find may be below it.</summary>
    public IReadOnlyList<(int Left, int Right)> Match(double bar)
    {
        var pairs = new List<(int Left, int Right)>();
        foreach (var one in OpenLeft.ToArray())
        {
            if (left[one].Score <= bar) break;
            if (Nearest(left[one], right, _right) is { } partner) Take(one, partner);
        }

        foreach (var one in OpenRight.ToArray())
        {
            if (right[one].Score <= bar) break;
            if (Nearest(right[one], left, _left) is { } partner) Take(partner, one);
        }

        return pairs;

        void Take(int one, int other)
        {
            _left.Remove(one);
            _right.Remove(other);
            pairs.Add((one, other));
        }
    }

    private int? Nearest(LabelledObject find, IReadOnlyList<LabelledObject> list, HashSet<int> open)
    {
        var (best, at) = (double.MaxValue, (int?)null);
        foreach (var other in open)
        {
            if (list[other].ClassIndex != find.ClassIndex) continue;
            var overlap = find.Box.IntersectionOverUnion(list[other].Box);
            if (!(overlap >= leastOverlap)) continue;
            // Of two boxes in one place the score tells which is meant.
            var cost = 1 - overlap + Math.Abs(find.Score - list[other].Score);
            if (cost < best) (best, at) = (cost, other);
        }

        return at;
    }
}
