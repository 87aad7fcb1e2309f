using SkiaSharp;

namespace TrtBindings.Vision;

/// <summary>
/// Finds places for labels: beside their boxes, inside the picture, and not on each other where that is possible.
/// </summary>
internal sealed class LabelPlates(float width, float height)
{
    private readonly List<SKRect> _taken = [];

    /// <summary>
    /// Takes the first free place: above the box, inside at its top, below it, inside at its bottom, then further down the box,
    /// each at its left and its right edge. If none is free, the one that hides least of the other labels.
    /// </summary>
    public SKRect Place(SKRect box, SKSize plate)
    {
        var best = default(SKRect);
        var bestHidden = float.MaxValue;
        foreach (var corner in Corners(box, plate))
        {
            var place = MovedInto(SKRect.Create(corner, plate));
            var hidden = _taken.Sum(other => SharedArea(other, place));
            if (hidden >= bestHidden) continue;
            (best, bestHidden) = (place, hidden);
            if (hidden == 0) break;
        }

        _taken.Add(best);
        return best;
    }

    /// <summary>Area that two rectangles share.</summary>
    public static float SharedArea(SKRect one, SKRect other)
    {
        var shared = SKRect.Intersect(one, other);
        return Math.Max(0, shared.Width) * Math.Max(0, shared.Height);
    }

    /// <summary>Moves a rectangle into the picture; one that is too large keeps its top left corner in it.</summary>
    private SKRect MovedInto(SKRect place) => SKRect.Create(
        Math.Max(0, Math.Min(place.Left, width - place.Width)), Math.Max(0, Math.Min(place.Top, height - place.Height)),
        place.Width, place.Height);

    private static IEnumerable<SKPoint> Corners(SKRect box, SKSize plate)
    {
        float[] lefts = [box.Left, box.Right - plate.Width];
        float[] tops = [box.Top - plate.Height, box.Top, box.Bottom, box.Bottom - plate.Height];
        foreach (var top in tops)
            foreach (var left in lefts) yield return new(left, top);
        for (var top = box.Top + plate.Height; top < box.Bottom - plate.Height; top += plate.Height)
            foreach (var left in lefts) yield return new(left, top);
    }
}
