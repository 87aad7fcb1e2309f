using System.Numerics;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>The intersection over union of two oriented boxes as polygons: what suppression does not go by.</summary>
internal static class ScalarPolygon
{
    public static double IntersectionOverUnion(OrientedBox left, OrientedBox right)
    {
        var shared = Corners(left);
        var window = Corners(right);
        for (var i = 0; i < 4; i++) shared = Cut(shared, window[i], window[(i + 1) % 4]);
        var (intersection, first, second) = (Area(shared), Area(Corners(left)), Area(window));
        return intersection / (first + second - intersection);
    }

    private static List<(double X, double Y)> Corners(OrientedBox box)
    {
        var (first, second, third, fourth) = box.Corners;
        return [.. new[] { first, second, third, fourth }.Select((Vector2 corner) => ((double)corner.X, (double)corner.Y))];
    }

    /// <summary>What lies on the inner side of an edge; the corners go counter-clockwise on the screen.</summary>
    private static List<(double X, double Y)> Cut(
        List<(double X, double Y)> polygon, (double X, double Y) from, (double X, double Y) to)
    {
        double Side((double X, double Y) p) => ((to.Y - from.Y) * (p.X - from.X)) - ((to.X - from.X) * (p.Y - from.Y));
        List<(double X, double Y)> kept = [];
        for (var i = 0; i < polygon.Count; i++)
        {
            var (a, b) = (polygon[i], polygon[(i + 1) % polygon.Count]);
            var (atA, atB) = (Side(a), Side(b));
            if (atA >= 0) kept.Add(a);
            if (atA * atB >= 0) continue;
            var share = atA / (atA - atB);
            kept.Add((a.X + (share * (b.X - a.X)), a.Y + (share * (b.Y - a.Y))));
        }

        return kept;
    }

    private static double Area(List<(double X, double Y)> polygon)
    {
        var twice = 0.0;
        for (var i = 0; i < polygon.Count; i++)
        {
            var (a, b) = (polygon[i], polygon[(i + 1) % polygon.Count]);
            twice += (a.X * b.Y) - (b.X * a.Y);
        }

        return Math.Abs(twice / 2);
    }
}
