namespace TrtBindings.Vision;

/// <summary>
/// One class with its score, whatever enum its label is of. Drawing and JSON take every result through this interface or
/// <see cref="IDetection"/>.
/// </summary>
public interface IClassification
{
    /// <summary>Name of the class; <see langword="null"/> for a model that knows one kind of thing only, such as faces.</summary>
    string? LabelName { get; }

    /// <summary>Index of the class in the model.</summary>
    int ClassIndex { get; }

    /// <summary>Score of the class, 0 to 1.</summary>
    float Score { get; }
}

/// <summary>One thing that an engine found in a picture. All coordinates are in pixels of the picture.</summary>
public interface IDetection : IClassification
{
    /// <summary>The upright box; for an oriented box the one that just holds it.</summary>
    Box Box { get; }

    /// <summary>The oriented box, if the model gives one.</summary>
    OrientedBox? OrientedBox => null;

    /// <summary>The pixels, if the model gives them.</summary>
    Mask? Mask => null;

    /// <summary>The key points in the model's order, if it gives some.</summary>
    ReadOnlyMemory<KeyPoint> KeyPoints => default;
}
