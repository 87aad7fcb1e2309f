using System.Globalization;
using TrtBindings.Vision;

namespace TrtBindings.Samples;

/// <summary>Faces over the picture that they were found in.</summary>
internal static class FaceOverlay
{
    private static readonly (string Name, Color Color)[] Points =
    [
        ("left eye", Color.Of(1)), ("right eye", Color.Of(4)), ("nose", Color.White), ("mouth, left", Color.Of(2)),
        ("mouth, right", Color.Of(0)),
    ];

    /// <summary>
    /// A copy of the picture with a box, a number from 1, a score and the key points of each face, and what the points' colours
    /// stand for.
    /// </summary>
    public static Picture Draw(Picture picture, IReadOnlyList<FaceDetection> faces)
    {
        OverlayItem[] items = [.. faces.Select((face, i) => ItemOf(face, i + 1))];
        var result = Overlay.Draw(picture, items);
        var canvas = new Canvas(result);
        foreach (var (face, item) in faces.Zip(items))
        {
            if (face.KeyPoints is not { } points) continue;
            var radius = Math.Clamp(Math.Min(item.Box.Width, item.Box.Height) * 0.035f, 2, 12);
            for (var i = 0; i < Points.Length; i++)
            {
                canvas.Disc(points[i].X, points[i].Y, radius + 1, Color.Black);
                canvas.Disc(points[i].X, points[i].Y, radius, Points[i].Color);
            }
        }

        if (faces.Any(face => face.KeyPoints.HasValue)) Legend.Draw(canvas, Points, [.. items.Select(item => item.Box)]);
        return result;
    }

    private static OverlayItem ItemOf(FaceDetection face, int number) => new(
        string.Create(CultureInfo.InvariantCulture, $"{number}: {face.Score:0.00}"), OverlayItem.AreaOf(face.Box));
}
