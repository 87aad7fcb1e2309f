using System.Numerics;

namespace TrtBindings.Vision;

/// <summary>
/// A rotation, one scale for both axes, and a shift: x' = A x - B y + X, y' = B x + A y + Y.
/// </summary>
/// <param name="A">Scale times the cosine of the angle.</param>
/// <param name="B">Scale times the sine of the angle, positive from x to y.</param>
/// <param name="X">Shift to the right.</param>
/// <param name="Y">Shift downwards.</param>
public readonly record struct SimilarityTransform(double A, double B, double X, double Y)
{
    /// <summary>Scale of lengths.</summary>
    public double Scale => Math.Sqrt((A * A) + (B * B));

    /// <summary>
    /// The least-squares transform from points to other points (S. Umeyama, "Least-squares estimation of transformation
    /// parameters between two point patterns", PAMI 1991). In the plane and without mirroring A = sum of s·d / sum of s·s and B
    /// = sum of s×d / sum of s·s, where s and d are the points less their means.
    /// </summary>
    /// <param name="from">Points.</param>
    /// <param name="to">Where they should come to; as many points.</param>
    /// <exception cref="ArgumentException">
    /// The numbers of points differ, all points are equal, or one is not a number.
    /// </exception>
    public static SimilarityTransform Estimate(ReadOnlySpan<Vector2> from, ReadOnlySpan<Vector2> to)
    {
        if (from.Length != to.Length)
            throw new ArgumentException($"{from.Length} points cannot be matched with {to.Length}.", nameof(to));
        var (fromX, fromY) = MeanOf(from);
        var (toX, toY) = MeanOf(to);
        var (dot, cross, square) = (0.0, 0.0, 0.0);
        for (var i = 0; i < from.Length; i++)
        {
            var (x, y, u, v) = (from[i].X - fromX, from[i].Y - fromY, to[i].X - toX, to[i].Y - toY);
            dot += (x * u) + (y * v);
            cross += (x * v) - (y * u);
            square += (x * x) + (y * y);
        }

        var (a, b) = (dot / square, cross / square);
        // If all points are equal, square is 0 and the sum is NaN.
        if (!double.IsFinite(a + b))
            throw new ArgumentException("The points are all equal, or not numbers.", nameof(from));
        return new(a, b, toX - ((a * fromX) - (b * fromY)), toY - ((b * fromX) + (a * fromY)));
    }

    /// <summary>Transforms a point.</summary>
    public Vector2 Apply(Vector2 point) => new(
        (float)((A * point.X) - (B * point.Y) + X), (float)((B * point.X) + (A * point.Y) + Y));

    /// <summary>The inverse transform.</summary>
    public SimilarityTransform Invert()
    {
        var square = (A * A) + (B * B);
        var (a, b) = (A / square, -B / square);
        return new(a, b, -((a * X) - (b * Y)), -((b * X) + (a * Y)));
    }

    private static (double X, double Y) MeanOf(ReadOnlySpan<Vector2> points)
    {
        var (x, y) = (0.0, 0.0);
        foreach (var point in points) (x, y) = (x + point.X, y + point.Y);
        return (x / points.Length, y / points.Length);
    }
}
