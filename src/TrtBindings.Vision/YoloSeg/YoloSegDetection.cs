using System.Globalization;

namespace TrtBindings.Vision;

/// <summary>One instance that a <see cref="YoloSegEngine{TLabel}"/> found.</summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
/// <param name="Label">Its class.</param>
/// <param name="ClassIndex">Index of its class in the model.</param>
/// <param name="Score">Score of its class, 0 to 1.</param>
/// <param name="Box">Its box in pixels of the image, clipped to the image.</param>
/// <param name="Mask">
/// Its pixels in the space of <see cref="YoloSegOptions.MaskSpace"/>; <see langword="null"/> without masks.
/// </param>
public readonly record struct YoloSegDetection<TLabel>(TLabel Label, int ClassIndex, float Score, Box Box, Mask? Mask)
    : IDetection
    where TLabel : unmanaged, Enum
{
    string? IClassification.LabelName => Label.ToString();

    /// <summary>For example <c>Person 0.91 [12.5 30.0 118.2 240.9] 12034 px</c>.</summary>
    public override string ToString() => Mask is null
        ? string.Create(CultureInfo.InvariantCulture, $"{Label} {Score:0.00} {Box}")
        : string.Create(CultureInfo.InvariantCulture, $"{Label} {Score:0.00} {Box} {Mask.Area} px");
}
