namespace TrtBindings.ModelFiles.Onnx;

/// <summary>Reads <c>ValueInfoProto</c>: one input or output.</summary>
internal static class ValueReader
{
    private const uint Name = (1 << 3) | WireType.Bytes;
    private const uint Type = (2 << 3) | WireType.Bytes;
    private const uint Documentation = (3 << 3) | WireType.Bytes;

    public static void Read(ProtobufReader reader, List<TensorDescription> values)
    {
        reader.Count(values.Count, OnnxLimits.Entries, "inputs or outputs");
        var outer = reader.Enter("ValueInfoProto");
        var (name, documentation) = ("", "");
        var type = new ValueType();
        uint tag;
        while ((tag = reader.ReadTag()) != 0)
        {
            switch (tag)
            {
                case Name: name = reader.ReadName(); break;
                case Type: TypeReader.Read(reader, type); break;
                case Documentation: documentation = reader.ReadText(); break;
                default: reader.Skip(); break;
            }
        }

        reader.Leave(outer);
        values.Add(type.Describe(name, documentation));
    }
}
