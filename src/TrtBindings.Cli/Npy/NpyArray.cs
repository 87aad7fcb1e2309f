namespace TrtBindings.Cli.Npy;

/// <summary>An array of NumPy: its type, its shape and its elements, row-major and little-endian.</summary>
/// <param name="Type">Type of the elements.</param>
/// <param name="Shape">Length of each dimension; empty for a scalar.</param>
/// <param name="Bytes">The elements; empty for text.</param>
internal sealed record NpyArray(ElementType Type, long[] Shape, byte[] Bytes)
{
    /// <summary>The elements of an array of text.</summary>
    public string[] Text { get; init; } = [];

    /// <summary>For example <c>float [1, 3, 640, 640]</c>.</summary>
    public override string ToString() => $"{Type.OnnxName()} [{string.Join(", ", Shape)}]";
}
