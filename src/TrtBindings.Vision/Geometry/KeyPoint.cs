using System.Globalization;

namespace TrtBindings.Vision;

/// <summary>One point of a pose.</summary>
/// <param name="X">In pixels of the image, within it.</param>
/// <param name="Y">In pixels of the image, within it.</param>
/// <param name="Confidence">
/// How sure the model is that the point is visible, 0 to 1; <see langword="null"/> for a model that does not say. Points of
/// little confidence are kept: Ultralytics only leaves those below 0.25 out of drawings.
/// </param>
public readonly record struct KeyPoint(float X, float Y, float? Confidence)
{
    /// <summary>For example <c>(120.5 33.0) 0.98</c>.</summary>
    public override string ToString() => Confidence is { } confidence
        ? string.Create(CultureInfo.InvariantCulture, $"({X:0.0} {Y:0.0}) {confidence:0.00}")
        : string.Create(CultureInfo.InvariantCulture, $"({X:0.0} {Y:0.0})");
}
