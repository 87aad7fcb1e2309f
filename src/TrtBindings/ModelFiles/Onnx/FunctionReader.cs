namespace TrtBindings.ModelFiles.Onnx;

/// <summary>Reads <c>FunctionProto</c>: its name, the operators of its body, and external files of its constants.</summary>
internal static class FunctionReader
{
    private const uint Name = (1 << 3) | WireType.Bytes;
    private const uint Node = (7 << 3) | WireType.Bytes;
    private const uint Domain = (10 << 3) | WireType.Bytes;
    private const uint AttributeDefault = (11 << 3) | WireType.Bytes;

    public static void Read(ProtobufReader reader, ModelTally model)
    {
        reader.Count(model.Functions.Count, OnnxLimits.Entries, "functions");
        var outer = reader.Enter("FunctionProto");
        var (domain, name) = ("", "");
        uint tag;
        while ((tag = reader.ReadTag()) != 0)
        {
            switch (tag)
            {
                case Name: name = reader.ReadName(); break;
                case Domain: domain = reader.ReadName(); break;
                case Node: NodeReader.Read(reader, model); break;
                case AttributeDefault: NodeReader.ReadAttribute(reader, model); break;
                default: reader.Skip(); break;
            }
        }

        reader.Leave(outer);
        model.Functions.Add(domain + ":" + name);
    }
}
