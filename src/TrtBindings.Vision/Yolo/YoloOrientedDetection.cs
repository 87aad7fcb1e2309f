using System.Globalization;

namespace TrtBindings.Vision;

/// <summary>One object that a <see cref="YoloObbEngine{TLabel}"/> found.</summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
/// <param name="Label">Its class.</param>
/// <param name="ClassIndex">Index of its class in the model.</param>
/// <param name="Score">Score of its class, 0 to 1.</param>
/// <param name="Box">Its box in pixels of the image; its corners may lie outside.</param>
public readonly record struct YoloOrientedDetection<TLabel>(TLabel Label, int ClassIndex, float Score, OrientedBox Box)
    : IDetection
    where TLabel : unmanaged, Enum
{
    string? IClassification.LabelName => Label.ToString();

    Box IDetection.Box => Box.Enclosing;

    OrientedBox? IDetection.OrientedBox => Box;

    /// <summary>For example <c>Ship 0.91 [320.0 240.0 100.0x50.0 0.79 rad]</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Label} {Score:0.00} {Box}");
}
