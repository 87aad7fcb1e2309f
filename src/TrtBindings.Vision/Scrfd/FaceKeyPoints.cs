using System.Globalization;
using System.Numerics;

namespace TrtBindings.Vision;

/// <summary>
/// Five points of a face in pixels of the image. Left and right are the picture's, not the person's; points may lie outside
/// the image.
/// </summary>
/// <param name="LeftEye">Middle of the eye on the left.</param>
/// <param name="RightEye">Middle of the eye on the right.</param>
/// <param name="Nose">Tip of the nose.</param>
/// <param name="MouthLeft">Corner of the mouth on the left.</param>
/// <param name="MouthRight">Corner of the mouth on the right.</param>
public readonly record struct FaceKeyPoints(
    Vector2 LeftEye, Vector2 RightEye, Vector2 Nose, Vector2 MouthLeft, Vector2 MouthRight)
{
    /// <summary>How many points there are.</summary>
    public const int Count = 5;

    /// <summary>A point by its number, in the order above.</summary>
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
