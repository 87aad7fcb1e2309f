namespace TrtBindings;

/// <summary>One input or output of a model, as declared in the file.</summary>
/// <param name="Name">The ONNX name, verbatim.</param>
/// <param name="Kind">Tensor, or one of the kinds that have no plain buffer.</param>
/// <param name="ElementType">Element type of a tensor (dense or sparse); else undefined.</param>
/// <param name="Shape">Declared shape of a tensor; else unranked.</param>
/// <param name="TypeText">In ONNX notation: <c>tensor(float)</c>, <c>seq(map(int64,tensor(float)))</c>.</param>
/// <param name="Documentation">The value's <c>doc_string</c>, or empty.</param>
public sealed record TensorDescription(
    string Name,
    ValueKind Kind,
    ElementType ElementType,
    SymbolicShape Shape,
    string TypeText,
    string Documentation)
{
    /// <summary>Element type of the tensor at the bottom of a sequence, map or optional; else undefined.</summary>
    public ElementType ItemElementType { get; init; }

    /// <summary>Declared shape of that tensor; unranked if there is none.</summary>
    public SymbolicShape ItemShape { get; init; } = SymbolicShape.Unranked;

    /// <summary>What the value stands for (<c>denotation</c>), such as <c>IMAGE</c>; empty if not said.</summary>
    public string Denotation { get; init; } = "";

    /// <summary>
    /// What each dimension stands for, such as <c>DATA_BATCH</c>, empty text where not said; no items if the file
    /// says it of none.
    /// </summary>
    public EquatableArray<string> DimensionDenotations { get; init; }

    /// <summary>For example <c>images: float [batch, 3, 640, 640]</c>.</summary>
    public override string ToString() =>
        Kind == ValueKind.Tensor ? $"{Name}: {ElementType.OnnxName()} {Shape}" : $"{Name}: {TypeText}";
}
