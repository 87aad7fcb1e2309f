using System.Numerics;

namespace TrtBindings.Vision;

/// <summary>
/// Rotation, one scale for both axes, and shift: x' = A x - B y + X, y' = B x + A y + Y.
/// </summary>
/// <param name="A">Scale times the cosine of the angle.</param>
/// <param name="B">Scale times the sine of the angle, positive from x to y.</param>
/// <param name="X">Shift to the right.</param>
/// <param name="Y">Shift downwards.</param>
public readonly record struct SimilarityTransform(double A, double B, double X, double Y)
{
    /// <summary>Length of what was 1 long.</summary>
    public double Scale => Math.Sqrt((A * A) + (B * B));

    /// <summary>
    /// The transform that brings points nearest to others in the least squares (S. Umeyama, "Least-squares estimation of
    /// transformation parameters between two point patterns", PAMI 1991; in the plane and without mirroring it is
    /// A = sum of s·d / sum of s·s, B = sum of s×d / sum of s·s, of points with their means taken off).
    /// </summary>
    /// <param name="from">Points.</param>
    /// <param name="to">Where they should come to, as many.</param>
    /// <exception cref="ArgumentException">Other numbers of points, or all points are one, or one is not a number.</exception>
    public static SimilarityTransform Estimate(ReadOnlySpan<Vector2> from, ReadOnlySpan<Vector2> to)
    {
        if (from.Length != to.Length)
            throw new ArgumentException($"{from.Length} points cannot be brought to {to.Length}.", nameof(to));
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
        // Where all points are one, square is 0 and this is not a number.
        if (!double.IsFinite(a + b))
            throw new ArgumentException("The points are one and the same, or not numbers.", nameof(from));
        return new(a, b, toX - ((a * fromX) - (b * fromY)), toY - ((b * fromX) + (a * fromY)));
    }

    /// <summary>Where a point comes to.</summary>
    public Vector2 Apply(Vector2 point) => new(
        (float)((A * point.X) - (B * point.Y) + X), (float)((B * point.X) + (A * point.Y) + Y));

    /// <summary>The way back.</summary>
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
