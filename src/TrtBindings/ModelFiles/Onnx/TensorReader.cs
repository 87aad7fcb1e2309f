namespace TrtBindings.ModelFiles.Onnx;

/// <summary>
/// Reads <c>TensorProto</c> and <c>SparseTensorProto</c> without their data, except for short lists of integers, which may be
/// shapes.
/// </summary>
internal static class TensorReader
{
    private const uint Dimension = (1 << 3) | WireType.Varint;
    private const uint PackedDimensions = (1 << 3) | WireType.Bytes;
    private const uint DataType = (2 << 3) | WireType.Varint;
    private const uint Name = (8 << 3) | WireType.Bytes;
    private const uint ExternalData = (13 << 3) | WireType.Bytes;
    private const uint DataLocation = (14 << 3) | WireType.Varint;
    private const long IsExternal = 1;

    private const uint SparseValues = (1 << 3) | WireType.Bytes;
    private const uint SparseIndices = (2 << 3) | WireType.Bytes;

    /// <summary>Reads a dense tensor and records its external file, if it has one.</summary>
    public static TensorHeader Read(ProtobufReader reader, ModelTally model)
    {
        var position = reader.TagPosition;
        var outer = reader.Enter("TensorProto");
        var name = "";
        var type = ElementType.Undefined;
        var elements = new TensorSize();
        var (isExternal, hasData) = (false, false);
        var numbers = new TensorNumbers();
        ExternalDataEntries? external = null;
        uint tag;
        while ((tag = reader.ReadTag()) != 0)
        {
            switch (tag)
            {
                case Dimension: elements.Multiply(reader.ReadVarint()); break;
                case PackedDimensions: ReadPackedDimensions(reader, ref elements); break;
                case DataType: type = ElementTypeReader.Read(reader); break;
                case Name: name = reader.ReadName(); break;
                case ExternalData: (external ??= new()).Read(reader); break;
                case DataLocation: isExternal = reader.ReadVarint() == IsExternal; break;
                default: hasData |= numbers.Read(reader, tag, type, elements) || SkipData(reader, tag); break;
            }
        }

        model.AddWeight(elements.Bytes(type));
        if (isExternal) AddExternal(reader, model, external, elements.Bytes(type), name, position);
        reader.Leave(outer);
        var isElsewhere = isExternal || external is not null;
        return new TensorHeader(name, type, isWithoutData: !isElsewhere && !hasData && elements.Bytes(type) > 0)
        {
            Facts = elements.Dimensions is { } shape ? ValueFacts.Constant(shape, numbers.All(elements)) : ValueFacts.None,
        };
    }

    /// <summary>Reads a sparse tensor. The result has the name and element type of its values.</summary>
    public static TensorHeader ReadSparse(ProtobufReader reader, ModelTally model)
    {
        var outer = reader.Enter("SparseTensorProto");
        var values = new TensorHeader("", ElementType.Undefined);
        uint tag;
        while ((tag = reader.ReadTag()) != 0)
        {
            switch (tag)
            {
                case SparseValues: values = Read(reader, model); break;
                case SparseIndices: Read(reader, model); break;
                default: reader.Skip(); break;
            }
        }

        reader.Leave(outer);
        return values;
    }

    /// <summary>Skips a field. True if it was one with elements, and held some.</summary>
    private static bool SkipData(ProtobufReader reader, uint tag)
    {
        // float_data, int32_data, string_data, int64_data, raw_data, double_data and uint64_data.
        const int Fields = (1 << 4) | (1 << 5) | (1 << 6) | (1 << 7) | (1 << 9) | (1 << 10) | (1 << 11);
        var begin = reader.Position;
        reader.Skip();
        // A field of bytes that consists of its length alone is empty.
        var isEmpty = (tag & 7) == WireType.Bytes && reader.Position - begin == 1;
        return tag >> 3 < 32 && (Fields >> (int)(tag >> 3) & 1) != 0 && !isEmpty;
    }

    private static void ReadPackedDimensions(ProtobufReader reader, ref TensorSize elements)
    {
        var outer = reader.Enter("TensorProto.dims");
        while (reader.HasMore) elements.Multiply(reader.ReadVarint());
        reader.Leave(outer);
    }

    private static void AddExternal(
        ProtobufReader reader, ModelTally model, ExternalDataEntries? external, long bytes, string name, long position)
    {
        if (external is not { Location.Length: > 0 })
            throw reader.Error("'" + name + "' says that its data is in another file, and does not name it", position);

        var length = external.Length < 0 ? bytes : external.Length;
        if (external.Offset > long.MaxValue - length)
            throw reader.Error("'" + name + "' puts its external data beyond 64-bit offsets", position);

        reader.Count(model.ExternalFiles.Count, OnnxLimits.Entries, "external files");
        model.AddExternalFile(external.Location, external.Offset + length);
    }
}

/// <summary>A constant tensor without its data.</summary>
internal readonly struct TensorHeader(string name, ElementType elementType, bool isWithoutData = false)
{
    /// <summary>Name of the tensor; empty if it has none.</summary>
    public string Name { get; } = name;

    /// <summary>Element type; undefined if not set or not known.</summary>
    public ElementType ElementType { get; } = elementType;

    /// <summary>True if the shape has elements and the file holds none of them.</summary>
    public bool IsWithoutData { get; } = isWithoutData;

    /// <summary>Its shape, and its elements if they are a short list of integers.</summary>
    public ValueFacts Facts { get; init; } = ValueFacts.None;
}
