using System.Globalization;

namespace TrtBindings.Vision;

/// <summary>One point of a pose.</summary>
/// <param name="X">In pixels of the image, clipped to the image.</param>
/// <param name="Y">In pixels of the image, clipped to the image.</param>
/// <param name="Confidence">
/// Probability that the point is visible; <see langword="null"/> if the model has no such number. Points of low confidence are
/// returned too; Ultralytics does not draw those below 0.25.
/// </param>
public readonly record struct DetectionKeyPoint(float X, float Y, float? Confidence)
{
    /// <summary>For example <c>(120.5 33.0) 0.98</c>.</summary>
    public override string ToString() => Confidence is { } confidence
        ? string.Create(CultureInfo.InvariantCulture, $"({X:0.0} {Y:0.0}) {confidence:0.00}")
        : string.Create(CultureInfo.InvariantCulture, $"({X:0.0} {Y:0.0})");
}
