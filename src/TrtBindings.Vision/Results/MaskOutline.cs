using System.Numerics;

namespace TrtBindings.Vision;

/// <summary>
/// One closed outline of a <see cref="Mask"/>, in pixels of its frame: x to the right, y down, edges between pixels (pixel 0
/// spans 0 to 1). The last point is joined to the first. An outer edge runs clockwise on the screen, the edge of a hole
/// counter-clockwise.
/// </summary>
/// <param name="Points">The corners, at least three.</param>
/// <param name="IsHole">Whether the pixels inside do not belong to the instance.</param>
public readonly record struct MaskOutline(ReadOnlyMemory<Vector2> Points, bool IsHole)
{
    /// <summary>
    /// Signed area in pixels by the shoelace formula: positive for an outer edge, negative for a hole. Without a tolerance the
    /// areas of all outlines of a mask add up to <see cref="Mask.Area"/>.
    /// </summary>
    public double SignedArea => AreaOf(Points.Span);

    internal static double AreaOf(ReadOnlySpan<Vector2> points)
    {
        var sum = 0.0;
        var previous = points.IsEmpty ? default : points[^1];
        foreach (var point in points)
        {
            sum += ((double)previous.X * point.Y) - ((double)point.X * previous.Y);
            previous = point;
        }

        return sum / 2;
    }
}
