using System.Numerics;
using System.Text.Json;

namespace TrtBindings.Vision.Tests.Scrfd;

/// <summary>The results of another implementation for a picture, from a reference file in ../shared.</summary>
/// <param name="Faces">The faces, best first, in pixels of the picture.</param>
/// <param name="Scale">Pixels of the model's input for one of the picture.</param>
internal sealed record ReferenceFaces(IReadOnlyList<FaceDetection> Faces, float Scale)
{
    /// <param name="path">The reference file.</param>
    /// <param name="width">Width of the canvas.</param>
    /// <param name="height">Height of the canvas.</param>
    public static ReferenceFaces Read(string path, int width, int height)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        const string Canvas = "canvas, BGR->RGB";
        var result = file.RootElement.GetProperty("results").EnumerateArray().First(one =>
            one.GetProperty("image").GetString() == "t1.jpg"
            && one.GetProperty("preprocess").GetProperty("description").GetString()!.Contains($"{width}x{height} {Canvas}"));
        return new(
            [.. result.GetProperty("faces").EnumerateArray().Select(FaceOf)],
            result.GetProperty("preprocess").GetProperty("detScale").GetSingle());
    }

    /// <summary>The largest differences of a score, and of an edge or point.</summary>
    public (double Score, double Position) Difference(IReadOnlyList<FaceDetection> found, float scale = 1)
    {
        found.Count.ShouldBe(Faces.Count);
        var (score, position) = (0.0, 0.0);
        for (var i = 0; i < found.Count; i++)
        {
            var (left, right) = (found[i], Faces[i]);
            score = Math.Max(score, Math.Abs(left.Score - right.Score));
            var edges = new[] { new Vector2(left.Box.X1, left.Box.Y1), new Vector2(left.Box.X2, left.Box.Y2) };
            var wanted = new[] { new Vector2(right.Box.X1, right.Box.Y1), new Vector2(right.Box.X2, right.Box.Y2) };
            for (var k = 0; k < 7; k++)
            {
                var difference = k < 2
                    ? (edges[k] / scale) - wanted[k]
                    : (left.KeyPoints!.Value[k - 2] / scale) - right.KeyPoints!.Value[k - 2];
                position = Math.Max(position, Math.Max(Math.Abs(difference.X), Math.Abs(difference.Y)));
            }
        }

        return (score, position);
    }

    private static FaceDetection FaceOf(JsonElement face)
    {
        var box = face.GetProperty("boxXyxy").EnumerateArray().Select(edge => edge.GetSingle()).ToArray();
        var points = face.GetProperty("keypoints").EnumerateArray()
            .Select(point => new Vector2(point[0].GetSingle(), point[1].GetSingle())).ToArray();
        return new(
            face.GetProperty("score").GetSingle(), new(box[0], box[1], box[2], box[3]),
            new(points[0], points[1], points[2], points[3], points[4]));
    }
}
