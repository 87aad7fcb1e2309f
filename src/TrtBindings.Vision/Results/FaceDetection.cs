using System.Globalization;
using System.Numerics;

namespace TrtBindings.Vision;

/// <summary>One face that a <see cref="ScrfdEngine"/> found.</summary>
/// <param name="Score">Score of the face, 0 to 1.</param>
/// <param name="Box">The box in pixels of the image. It is not clipped, so that a face at the edge keeps its proportions.</param>
/// <param name="KeyPoints">The key points; <see langword="null"/> if the model has none.</param>
public readonly record struct FaceDetection(float Score, Box Box, FaceKeyPoints? KeyPoints) : IDetection
{
    string? IClassification.LabelName => null;

    int IClassification.ClassIndex => 0;

    ReadOnlyMemory<DetectionKeyPoint> IDetection.KeyPoints => KeyPoints is { } points
        ? Enumerable.Range(0, FaceKeyPoints.Count).Select(i => new DetectionKeyPoint(points[i].X, points[i].Y, null)).ToArray()
        : default;

    /// <summary>For example <c>0.91 [12.5 30.0 118.2 240.9]</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Score:0.00} {Box}");
}

/// <summary>
/// Five points of a face in pixels of the image, which may lie outside it. Left and right are those of the picture, not of the
/// person.
/// </summary>
/// <param name="LeftEye">Centre of the eye on the left.</param>
/// <param name="RightEye">Centre of the eye on the right.</param>
/// <param name="Nose">Tip of the nose.</param>
/// <param name="MouthLeft">Corner of the mouth on the left.</param>
/// <param name="MouthRight">Corner of the mouth on the right.</param>
public readonly record struct FaceKeyPoints(
    Vector2 LeftEye, Vector2 RightEye, Vector2 Nose, Vector2 MouthLeft, Vector2 MouthRight)
{
    /// <summary>Number of points.</summary>
    public const int Count = 5;

    /// <summary>A point by its number, in the order of the parameters.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such point.</exception>
    public Vector2 this[int index] => index switch
    {
        0 => LeftEye,
        1 => RightEye,
        2 => Nose,
        3 => MouthLeft,
        4 => MouthRight,
        _ => throw new ArgumentOutOfRangeException(nameof(index), index, "A face has 5 key points."),
    };

    /// <summary>For example <c>(91.3 120.4) (128.9 118.0) (110.2 140.7) (95.1 161.0) (126.3 159.8)</c>.</summary>
    public override string ToString() => string.Join(' ', Enumerable.Range(0, Count).Select(Text));

    private string Text(int index) =>
        string.Create(CultureInfo.InvariantCulture, $"({this[index].X:0.0} {this[index].Y:0.0})");
}
