namespace TrtBindings.Samples;

/// <summary>One line: points joined by straight pieces.</summary>
internal readonly record struct Stroke((float X, float Y)[] Points)
{
    /// <summary>Pixels that the stroke may touch when it is drawn at an offset with a margin.</summary>
    public Rectangle Bounds(float left, float top, float margin)
    {
        var (minX, minY, maxX, maxY) = (float.MaxValue, float.MaxValue, float.MinValue, float.MinValue);
        foreach (var (x, y) in Points)
        {
            (minX, maxX) = (Math.Min(minX, x), Math.Max(maxX, x));
            (minY, maxY) = (Math.Min(minY, y), Math.Max(maxY, y));
        }

        return new((int)MathF.Floor(left + minX - margin), (int)MathF.Floor(top + minY - margin),
            (int)MathF.Ceiling(left + maxX + margin), (int)MathF.Ceiling(top + maxY + margin));
    }

    /// <summary>Distance from a point to the nearest point of the line.</summary>
    public float Distance(float x, float y)
    {
        var nearest = float.MaxValue;
        for (var i = 1; i < Points.Length; i++)
        {
            var ((ax, ay), (bx, by)) = (Points[i - 1], Points[i]);
            var (dx, dy) = (bx - ax, by - ay);
            var length = dx * dx + dy * dy;
            var along = length == 0 ? 0 : Math.Clamp(((x - ax) * dx + (y - ay) * dy) / length, 0, 1);
            var (ex, ey) = (x - ax - along * dx, y - ay - along * dy);
            nearest = Math.Min(nearest, ex * ex + ey * ey);
        }

        return MathF.Sqrt(nearest);
    }

    public Stroke Transformed(float scale, float offset) =>
        new(Array.ConvertAll(Points, point => (point.X * scale + offset, point.Y * scale)));
}
