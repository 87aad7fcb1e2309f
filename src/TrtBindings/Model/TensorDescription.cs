namespace TrtBindings.Model;

/// <summary>One input or output of a model, as declared in the file.</summary>
/// <param name="Name">The ONNX name, verbatim.</param>
/// <param name="Kind">Tensor, or one of the kinds that have no plain buffer.</param>
/// <param name="ElementType">Element type of a tensor (dense or sparse); else undefined.</param>
/// <param name="Shape">Declared shape of a tensor; else unranked.</param>
/// <param name="TypeText">The whole type in ONNX notation: <c>tensor(float)</c>, <c>seq(map(int64,tensor(float)))</c>.</param>
/// <param name="Documentation">The value's <c>doc_string</c>, or empty.</param>
public sealed record TensorDescription(
    string Name,
    ValueKind Kind,
    ElementType ElementType,
    SymbolicShape Shape,
    string TypeText,
    string Documentation)
{
    /// <summary>For example <c>images: float [batch, 3, 640, 640]</c>.</summary>
    public override string ToString() =>
        Kind == ValueKind.Tensor ? $"{Name}: {ElementType.OnnxName()} {Shape}" : $"{Name}: {TypeText}";
}
