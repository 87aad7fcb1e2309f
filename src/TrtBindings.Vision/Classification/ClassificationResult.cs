using System.Globalization;

namespace TrtBindings.Vision;

/// <summary>One class that a picture may be of.</summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
/// <param name="Label">The class.</param>
/// <param name="ClassIndex">Its index in the model.</param>
/// <param name="Score">Its probability, 0 to 1; see <see cref="ClassScores"/>.</param>
public readonly record struct ClassificationResult<TLabel>(TLabel Label, int ClassIndex, float Score)
    : IClassification
    where TLabel : unmanaged, Enum
{
    string? IClassification.LabelName => Label.ToString();

    /// <summary>For example <c>TabbyCat 0.874</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Label} {Score:0.000}");
}
