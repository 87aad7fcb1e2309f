namespace TrtBindings.ModelFiles.Onnx;

/// <summary>Reads <c>OperatorSetIdProto</c>, and <c>StringStringEntryProto</c> of <c>metadata_props</c>.</summary>
internal static class ModelEntryReader
{
    private const uint OpsetDomain = (1 << 3) | WireType.Bytes;
    private const uint OpsetVersion = (2 << 3) | WireType.Varint;
    private const uint Key = (1 << 3) | WireType.Bytes;
    private const uint Value = (2 << 3) | WireType.Bytes;

    public static void ReadOpset(ProtobufReader reader, ModelTally model)
    {
        reader.Count(model.Opsets.Count, OnnxLimits.Entries, "operator sets");
        var outer = reader.Enter("OperatorSetIdProto");
        var domain = "";
        var version = 0L;
        uint tag;
        while ((tag = reader.ReadTag()) != 0)
        {
            switch (tag)
            {
                case OpsetDomain: domain = reader.ReadName(); break;
                case OpsetVersion: version = reader.ReadVarint(); break;
                default: reader.Skip(); break;
            }
        }

        reader.Leave(outer);
        model.Opsets.Add(new OpsetImport(domain, version));
    }

    public static void ReadMetadata(ProtobufReader reader, ModelTally model)
    {
        reader.Count(model.Metadata.Count, OnnxLimits.Entries, "metadata entries");
        var outer = reader.Enter("StringStringEntryProto");
        var (key, value) = ("", "");
        uint tag;
        while ((tag = reader.ReadTag()) != 0)
        {
            switch (tag)
            {
                case Key: key = reader.ReadName(); break;
                case Value: value = reader.ReadText(); break;
                default: reader.Skip(); break;
            }
        }

        reader.Leave(outer);
        model.Metadata.Add(new MetadataEntry(key, value));
    }
}
