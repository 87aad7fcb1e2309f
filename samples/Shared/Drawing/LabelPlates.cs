namespace TrtBindings.Samples;

/// <summary>
/// Finds places for labels: beside their boxes, in the picture, and not on each other where that can be.
/// </summary>
internal sealed class LabelPlates(Rectangle picture)
{
    private readonly List<Rectangle> _taken = [];

    /// <summary>
    /// Takes the first free place of those that a reader would look at; if none is free, the one that hides least.
    /// </summary>
    public Rectangle Place(Rectangle box, int width, int height)
    {
        var best = default(Rectangle);
        var bestHidden = long.MaxValue;
        foreach (var (left, top) in Corners(box, width, height))
        {
            var plate = new Rectangle(left, top, left + width, top + height).MovedInto(picture);
            var hidden = _taken.Sum(other => other.Intersect(plate).Area);
            if (hidden >= bestHidden) continue;
            (best, bestHidden) = (plate, hidden);
            if (hidden == 0) break;
        }

        _taken.Add(best);
        return best;
    }

    private static IEnumerable<(int Left, int Top)> Corners(Rectangle box, int width, int height)
    {
        var lefts = (int[])[box.Left, box.Right - width];
        // Above, inside at the top, below, inside at the bottom; then further down the box.
        foreach (var top in (int[])[box.Top - height, box.Top, box.Bottom, box.Bottom - height])
            foreach (var left in lefts) yield return (left, top);
        for (var top = box.Top + height; top < box.Bottom - height; top += height)
            foreach (var left in lefts) yield return (left, top);
    }
}
