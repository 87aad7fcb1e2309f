namespace TrtBindings.ModelFiles.Onnx;

/// <summary>Reads <c>TensorProto.DataType</c> numbers.</summary>
internal static class ElementTypeReader
{
    /// <summary>How many numbers are known, 0 included.</summary>
    public const int KnownCount = (int)ElementType.Int2 + 1;

    /// <summary>The element type; <see cref="ElementType.Undefined"/> for a number that is not known.</summary>
    public static ElementType Read(ProtobufReader reader)
    {
        var number = reader.ReadVarint();
        return number is > 0 and < KnownCount ? (ElementType)number : ElementType.Undefined;
    }
}
