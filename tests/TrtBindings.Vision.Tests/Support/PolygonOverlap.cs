namespace TrtBindings.Vision.Tests.Support;

/// <summary>Intersection over union of the areas of oriented boxes, by clipping one with the sides of the other.</summary>
internal static class PolygonOverlap
{
    public static double Of(OrientedBox left, OrientedBox right)
    {
        var (shared, frame) = (CornersOf(left), CornersOf(right));
        for (var i = 0; i < 4; i++) shared = Clip(shared, frame[i], frame[(i + 1) % 4]);
        var (common, first, second) = (AreaOf(shared), AreaOf(CornersOf(left)), AreaOf(frame));
        return common / (first + second - common);
    }

    private static List<(double X, double Y)> CornersOf(OrientedBox box)
    {
        var (first, second, third, fourth) = box.Corners;
        return [.. new[] { first, second, third, fourth }.Select(corner => ((double)corner.X, (double)corner.Y))];
    }

    /// <summary>The part of a polygon inside an edge. Ultralytics' corners run counterclockwise on the screen.</summary>
    private static List<(double X, double Y)> Clip(
        List<(double X, double Y)> polygon, (double X, double Y) from, (double X, double Y) to)
    {
        double Side((double X, double Y) p) => ((to.Y - from.Y) * (p.X - from.X)) - ((to.X - from.X) * (p.Y - from.Y));
        List<(double X, double Y)> kept = [];
        for (var i = 0; i < polygon.Count; i++)
        {
            var (here, next) = (polygon[i], polygon[(i + 1) % polygon.Count]);
            var (side, nextSide) = (Side(here), Side(next));
            if (side >= 0) kept.Add(here);
            if (side * nextSide >= 0) continue;
            var share = side / (side - nextSide);
            kept.Add((here.X + (share * (next.X - here.X)), here.Y + (share * (next.Y - here.Y))));
        }

        return kept;
    }

    private static double AreaOf(List<(double X, double Y)> polygon)
    {
        var twice = 0.0;
        for (var i = 0; i < polygon.Count; i++)
        {
            var (here, next) = (polygon[i], polygon[(i + 1) % polygon.Count]);
            twice += (here.X * next.Y) - (next.X * here.Y);
        }

        return Math.Abs(twice / 2);
    }
}
