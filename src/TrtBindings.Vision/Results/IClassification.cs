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
