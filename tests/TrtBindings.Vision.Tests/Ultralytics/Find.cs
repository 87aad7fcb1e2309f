using System.Text.Json;

namespace TrtBindings.Vision.Tests.Ultralytics;

/// <summary>One find of any engine, or of the reference.</summary>
internal sealed record Find(int Class, float Score, Box Box)
{
    public OrientedBox? Oriented { get; init; }

    public float[][] Points { get; init; } = [];

    public Mask? Mask { get; init; }

    /// <summary>The reference's numbers of the mask.</summary>
    public JsonElement? ExpectedMask { get; init; }

    public static Find Of(JsonElement find)
    {
        var edges = Numbers(find.GetProperty("xyxy"));
        var (label, score) = (find.GetProperty("c").GetInt32(), find.GetProperty("s").GetSingle());
        return new(label, score, new(edges[0], edges[1], edges[2], edges[3]))
        {
            Oriented = find.TryGetProperty("xywh", out var box)
                ? OrientedOf(Numbers(box), find.GetProperty("r").GetSingle()) : null,
            Points = find.TryGetProperty("k", out var points) ? [.. points.EnumerateArray().Select(Numbers)] : [],
            ExpectedMask = find.TryGetProperty("m", out var mask) ? mask : null,
        };
    }

    /// <summary>The largest difference of an edge, centre, side or key point, in pixels.</summary>
    public float PixelsTo(Find other)
    {
        var most = Math.Max(
            Math.Max(Math.Abs(Box.X1 - other.Box.X1), Math.Abs(Box.Y1 - other.Box.Y1)),
            Math.Max(Math.Abs(Box.X2 - other.Box.X2), Math.Abs(Box.Y2 - other.Box.Y2)));
        if (Oriented is { } one && other.Oriented is { } two)
        {
            most = Math.Max(most, Math.Max(Math.Abs(one.CentreX - two.CentreX), Math.Abs(one.CentreY - two.CentreY)));
            most = Math.Max(most, Math.Max(Math.Abs(one.Width - two.Width), Math.Abs(one.Height - two.Height)));
        }

        if (Oriented.HasValue != other.Oriented.HasValue || Points.Length != other.Points.Length) return float.PositiveInfinity;
        for (var i = 0; i < Points.Length; i++)
        {
            if (Points[i].Length != other.Points[i].Length) return float.PositiveInfinity;
            most = Math.Max(most, Math.Max(
                Math.Abs(Points[i][0] - other.Points[i][0]), Math.Abs(Points[i][1] - other.Points[i][1])));
        }

        return most;
    }

    /// <summary>The largest difference of a score, of the object or of a key point, or of an angle in radians.</summary>
    public float ScoreTo(Find other)
    {
        var most = Math.Abs(Score - other.Score);
        if (Oriented is { } one && other.Oriented is { } two) most = Math.Max(most, Math.Abs(one.Angle - two.Angle));
        for (var i = 0; i < Math.Min(Points.Length, other.Points.Length); i++)
            if (Points[i].Length == 3 && other.Points[i].Length == 3)
                most = Math.Max(most, Math.Abs(Points[i][2] - other.Points[i][2]));
        return most;
    }

    /// <summary>How well the boxes overlap, 0 to 1; boxes that were clipped to a line by how near they are.</summary>
    public double OverlapWith(Find other) => Oriented is { } one && other.Oriented is { } two ? one.ProbabilisticIou(two)
        : PixelsTo(other) < 0.5f ? 1 : Box.Area * other.Box.Area == 0 ? 0 : Box.IntersectionOverUnion(other.Box);

    public override string ToString() => $"{Class} {Score:0.0000} {Box}";

    private static OrientedBox OrientedOf(float[] box, float angle) => new(box[0], box[1], box[2], box[3], angle);

    private static float[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetSingle())];
}
