namespace TrtBindings.Backends.OnnxRuntime;

/// <summary>ORT's <c>ONNXTensorElementDataType</c> numbers, which part from ONNX's at 24.</summary>
internal static class OrtElementTypes
{
    /// <summary>ORT's number for an ONNX element type.</summary>
    public static int NumberOf(ElementType type) => type switch
    {
        ElementType.UInt2 => 24,
        ElementType.Int2 => 25,
        ElementType.Float8E8M0 => 26,
        _ => (int)type,
    };

    /// <summary>The ONNX element type for ORT's number.</summary>
    public static ElementType TypeOf(int number) => number switch
    {
        24 => ElementType.UInt2,
        25 => ElementType.Int2,
        26 => ElementType.Float8E8M0,
        _ => (ElementType)number,
    };
}
