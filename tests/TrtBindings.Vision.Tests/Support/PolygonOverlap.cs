using System.Numerics;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>Intersection over union of the areas of oriented boxes, by clipping one with the sides of the other.</summary>
internal static class PolygonOverlap
{
    public static double Of(OrientedBox a, OrientedBox b)
    {
        List<Vector2> common = [.. CornersOf(a)];
        var frame = CornersOf(b);
        for (var i = 0; i < 4 && common.Count > 2; i++) common = Clip(common, frame[i], frame[(i + 1) % 4]);
        var shared = common.Count > 2 ? Area(common) : 0;
        return shared / ((a.Width * a.Height) + (b.Width * b.Height) - shared);
    }

    // Ultralytics' corners run against the clock on the screen, so what is inside lies on the negative side.
    private static List<Vector2> Clip(List<Vector2> polygon, Vector2 from, Vector2 to)
    {
        var result = new List<Vector2>();
        for (var i = 0; i < polygon.Count; i++)
        {
            var (here, next) = (polygon[i], polygon[(i + 1) % polygon.Count]);
            var (side, nextSide) = (Side(here, from, to), Side(next, from, to));
            if (side <= 0) result.Add(here);
            if ((side <= 0) != (nextSide <= 0)) result.Add(Vector2.Lerp(here, next, side / (side - nextSide)));
        }

        return result;
    }

    private static float Side(Vector2 point, Vector2 from, Vector2 to) =>
        ((to.X - from.X) * (point.Y - from.Y)) - ((to.Y - from.Y) * (point.X - from.X));

    private static double Area(List<Vector2> polygon)
    {
        var sum = 0.0;
        for (var i = 0; i < polygon.Count; i++)
        {
            var (a, b) = (polygon[i], polygon[(i + 1) % polygon.Count]);
            sum += ((double)a.X * b.Y) - ((double)a.Y * b.X);
        }

        return Math.Abs(sum) / 2;
    }

    private static Vector2[] CornersOf(OrientedBox box)
    {
        var (first, second, third, fourth) = box.Corners;
        return [first, second, third, fourth];
    }
}
