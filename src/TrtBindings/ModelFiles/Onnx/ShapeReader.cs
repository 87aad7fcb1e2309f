namespace TrtBindings.ModelFiles.Onnx;

/// <summary>Reads <c>TensorShapeProto</c>.</summary>
internal static class ShapeReader
{
    private const uint OneDimension = (1 << 3) | WireType.Bytes;
    private const uint Value = (1 << 3) | WireType.Varint;
    private const uint Parameter = (2 << 3) | WireType.Bytes;
    private const uint Denotation = (3 << 3) | WireType.Bytes;

    public static void Read(ProtobufReader reader, ValueType type)
    {
        var outer = reader.Enter("TensorShapeProto");
        type.Dimensions ??= [];
        uint tag;
        while ((tag = reader.ReadTag()) != 0)
        {
            if (tag == OneDimension) ReadDimension(reader, type, type.Dimensions);
            else reader.Skip();
        }

        reader.Leave(outer);
    }

    private static void ReadDimension(ProtobufReader reader, ValueType type, List<Dimension> dimensions)
    {
        reader.Count(dimensions.Count, OnnxLimits.Rank, "dimensions of one tensor");
        var outer = reader.Enter("TensorShapeProto.Dimension");
        var dimension = Dimension.Unknown;
        uint tag;
        while ((tag = reader.ReadTag()) != 0)
        {
            switch (tag)
            {
                case Value: dimension = Dimension.Fixed(reader.ReadVarint()); break;
                case Parameter: dimension = Dimension.FromParameter(reader.ReadName()); break;
                case Denotation: type.DenoteDimension(dimensions.Count, reader.ReadText()); break;
                default: reader.Skip(); break;
            }
        }

        reader.Leave(outer);
        dimensions.Add(dimension);
    }
}
