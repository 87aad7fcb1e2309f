
namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>One result of any engine, in numbers.</summary>
/// <param name="Class">Index of the class; 0 for a face.</param>
/// <param name="Score">The score.</param>
/// <param name="Box">Edges of the box in pixels, or centre, size and angle of an oriented one; empty without a box.</param>
/// <param name="Points">Key points in pixels, x and y.</param>
/// <param name="Mask">An instance's pixels.</param>
/// <param name="Map">A class map's pixels.</param>
internal sealed record Outcome(int Class, float Score, float[] Box, float[] Points, Mask? Mask = null, byte[]? Map = null)
{
    public static Outcome[] Of<TLabel>(IEnumerable<Detection<TLabel>> found)
        where TLabel : unmanaged, Enum => [.. found.Select(one => new Outcome(one.ClassIndex, one.Score, Edges(one.Box), []))];

    public static Outcome[] Of<TLabel>(IEnumerable<InstanceDetection<TLabel>> found)
        where TLabel : unmanaged, Enum =>
        [.. found.Select(one => new Outcome(one.ClassIndex, one.Score, Edges(one.Box), [], one.Mask))];

    public static Outcome[] Of<TLabel>(IEnumerable<YoloPose<TLabel>> found)
        where TLabel : unmanaged, Enum =>
        [.. found.Select(one => new Outcome(one.ClassIndex, one.Score, Edges(one.Box),
            [.. one.KeyPoints.ToArray().SelectMany(point => (float[])[point.X, point.Y])]))];

    public static Outcome[] Of<TLabel>(IEnumerable<YoloOrientedDetection<TLabel>> found)
        where TLabel : unmanaged, Enum =>
        [.. found.Select(one => new Outcome(one.ClassIndex, one.Score,
            [one.Box.CentreX, one.Box.CentreY, one.Box.Width, one.Box.Height, one.Box.Angle], []))];

    public static Outcome[] Of(IEnumerable<FaceDetection> found) => [.. found.Select(one => new Outcome(
        0, one.Score, Edges(one.Box), one.KeyPoints is { } points
            ? [.. Enumerable.Range(0, FaceKeyPoints.Count).SelectMany(i => (float[])[points[i].X, points[i].Y])]
            : []))];

    public static Outcome[] Of<TLabel>(IEnumerable<ClassificationResult<TLabel>> found)
        where TLabel : unmanaged, Enum => [.. found.Select(one => new Outcome(one.ClassIndex, one.Score, [], []))];

    public static Outcome[] Of<TLabel>(ClassMap<TLabel> map)
        where TLabel : unmanaged, Enum => [new(map.Width, 0, [], [], null, map.Values.ToArray())];

    private static float[] Edges(Box box) => [box.X1, box.Y1, box.X2, box.Y2];
}
