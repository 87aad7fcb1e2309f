using System.Globalization;

namespace TrtBindings.Vision;

/// <summary>What a <see cref="VisionEngine"/> found in one image: objects, classes or a map, by its family.</summary>
public sealed record VisionResult
{
    /// <summary>Objects, in falling order of score.</summary>
    public IReadOnlyList<LabelledObject> Objects { get; init; } = [];

    /// <summary>Classes of the whole image, in falling order of score.</summary>
    public IReadOnlyList<LabelledClass> Classes { get; init; } = [];

    /// <summary>The class of every pixel; <see langword="null"/> for other families.</summary>
    public ClassMap<ClassNumber>? ClassMap { get; init; }
}

/// <summary>An object that a model without a generated class found. Drawing and JSON take it as any other result.</summary>
/// <param name="LabelName">Name of the class in the file's metadata, or its number; <see langword="null"/> for faces.</param>
/// <param name="ClassIndex">The class's number in the model.</param>
/// <param name="Score">Score of the class, 0 to 1.</param>
/// <param name="Box">The upright box in pixels of the image.</param>
public sealed record LabelledObject(string? LabelName, int ClassIndex, float Score, Box Box) : IDetection
{
    /// <inheritdoc/>
    public OrientedBox? OrientedBox { get; init; }

    /// <inheritdoc/>
    public Mask? Mask { get; init; }

    /// <inheritdoc/>
    public ReadOnlyMemory<DetectionKeyPoint> KeyPoints { get; init; }

    /// <summary>For example <c>person 0.91 [12.5 30.0 118.2 240.9] 12034 px</c>.</summary>
    public override string ToString()
    {
        var box = OrientedBox is { } turned ? turned.ToString() : Box.ToString();
        var text = string.Create(CultureInfo.InvariantCulture, $"{LabelName} {Score:0.00} {box}").TrimStart();
        if (Mask is { } mask) text += string.Create(CultureInfo.InvariantCulture, $" {mask.Area} px");
        return KeyPoints.IsEmpty ? text : text + string.Create(CultureInfo.InvariantCulture, $" {KeyPoints.Length} points");
    }
}

/// <summary>A class of an image that a model without a generated class gives.</summary>
/// <param name="LabelName">Name of the class in the file's metadata, or its number.</param>
/// <param name="ClassIndex">The class's number in the model.</param>
/// <param name="Score">Probability of the class, 0 to 1; see <see cref="ClassScores"/>.</param>
public sealed record LabelledClass(string LabelName, int ClassIndex, float Score) : IClassification
{
    /// <summary>For example <c>tabby cat 0.874</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{LabelName} {Score:0.000}");
}
