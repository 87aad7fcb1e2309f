namespace TrtBindings.ModelFiles.Onnx;

/// <summary>A constant tensor without its data.</summary>
internal readonly struct TensorHeader(string name, ElementType elementType)
{
    /// <summary>The tensor's name; empty if it has none.</summary>
    public string Name { get; } = name;

    /// <summary>Element type; undefined if not set or not known.</summary>
    public ElementType ElementType { get; } = elementType;
}
