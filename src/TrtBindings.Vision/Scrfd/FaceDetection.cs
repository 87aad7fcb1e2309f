using System.Globalization;

namespace TrtBindings.Vision;

/// <summary>One face that a <see cref="ScrfdEngine"/> found.</summary>
/// <param name="Score">How sure the model is, 0 to 1.</param>
/// <param name="Box">Its box in pixels of the image; not clipped, so that a face at the edge keeps its proportions.</param>
/// <param name="KeyPoints">Its key points; <see langword="null"/> from a model that has none.</param>
public readonly record struct FaceDetection(float Score, Box Box, FaceKeyPoints? KeyPoints) : IDetection
{
    string? IClassification.LabelName => null;

    int IClassification.ClassIndex => 0;

    ReadOnlyMemory<KeyPoint> IDetection.KeyPoints => KeyPoints is { } points
        ? Enumerable.Range(0, FaceKeyPoints.Count).Select(i => new KeyPoint(points[i].X, points[i].Y, null)).ToArray()
        : default;

    /// <summary>For example <c>0.91 [12.5 30.0 118.2 240.9]</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Score:0.00} {Box}");
}
