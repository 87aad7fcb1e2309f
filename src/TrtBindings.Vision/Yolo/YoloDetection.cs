using System.Globalization;

namespace TrtBindings.Vision;

/// <summary>One object that a <see cref="YoloDetectEngine{TLabel}"/> found.</summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
/// <param name="Label">Its class.</param>
/// <param name="ClassIndex">Index of its class in the model.</param>
/// <param name="Score">Score of its class, 0 to 1.</param>
/// <param name="Box">Its box in pixels of the image, clipped to the image.</param>
public readonly record struct YoloDetection<TLabel>(TLabel Label, int ClassIndex, float Score, Box Box)
    : IDetection
    where TLabel : unmanaged, Enum
{
    string? IClassification.LabelName => Label.ToString();

    /// <summary>For example <c>Person 0.91 [12.5 30.0 118.2 240.9]</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Label} {Score:0.00} {Box}");
}
