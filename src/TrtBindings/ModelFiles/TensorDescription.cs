namespace TrtBindings;

/// <summary>An input or output of a model, as declared in the file.</summary>
/// <param name="Name">The name as written.</param>
/// <param name="Kind">Tensor, or a kind without a plain buffer.</param>
/// <param name="ElementType">Element type of a dense or sparse tensor; undefined for other kinds.</param>
/// <param name="Shape">Declared shape of a tensor; unranked for other kinds.</param>
/// <param name="TypeText">The type in ONNX notation: <c>tensor(float)</c>, <c>seq(map(int64,tensor(float)))</c>.</param>
/// <param name="Documentation">The <c>doc_string</c>; empty if there is none.</param>
public sealed record TensorDescription(
    string Name,
    ValueKind Kind,
    ElementType ElementType,
    SymbolicShape Shape,
    string TypeText,
    string Documentation)
{
    /// <summary>Element type of the innermost tensor of a sequence, map or optional; undefined for other kinds.</summary>
    public ElementType ItemElementType { get; init; }

    /// <summary>Declared shape of the innermost tensor; unranked if there is none.</summary>
    public SymbolicShape ItemShape { get; init; } = SymbolicShape.Unranked;

    /// <summary>The <c>denotation</c> of the value, such as <c>IMAGE</c>; empty if there is none.</summary>
    public string Denotation { get; init; } = "";

    /// <summary>
    /// The <c>denotation</c> of each dimension, such as <c>DATA_BATCH</c>, or empty text. No items if no dimension has one.
    /// </summary>
    public EquatableArray<string> DimensionDenotations { get; init; }

    /// <summary>A dense tensor without documentation: <c>Of("images", ElementType.Float, "batch", 3, 640, 640)</c>.</summary>
    public static TensorDescription Of(string name, ElementType elementType, params Dimension[] shape) => new(
        name, ValueKind.Tensor, elementType, SymbolicShape.Of(shape), "tensor(" + elementType.OnnxName() + ")", "");

    /// <summary>For example <c>images: float [batch, 3, 640, 640]</c>.</summary>
    public override string ToString() =>
        Kind == ValueKind.Tensor ? $"{Name}: {ElementType.OnnxName()} {Shape}" : $"{Name}: {TypeText}";
}

/// <summary>The kind of value of an input or output: the members of <c>TypeProto</c> in ONNX.</summary>
public enum ValueKind
{
    /// <summary>The file declares no type.</summary>
    Undefined,
    /// <summary>A dense tensor.</summary>
    Tensor,
    /// <summary>A sparse tensor.</summary>
    SparseTensor,
    /// <summary>A list of values.</summary>
    Sequence,
    /// <summary>A map from keys to values.</summary>
    Map,
    /// <summary>A value that may be absent.</summary>
    Optional,
    /// <summary>A type of a custom domain.</summary>
    Opaque,
}
