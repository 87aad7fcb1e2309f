namespace TrtBindings.Onnx;

/// <summary>Reads <c>NodeProto</c> and <c>AttributeProto</c>: operator, subgraphs, files of constants.</summary>
internal static class NodeReader
{
    private const uint OpType = (4 << 3) | WireType.Bytes;
    private const uint Attribute = (5 << 3) | WireType.Bytes;
    private const uint Domain = (7 << 3) | WireType.Bytes;

    private const uint Tensor = (5 << 3) | WireType.Bytes;
    private const uint Graph = (6 << 3) | WireType.Bytes;
    private const uint Tensors = (10 << 3) | WireType.Bytes;
    private const uint Graphs = (11 << 3) | WireType.Bytes;
    private const uint SparseTensor = (22 << 3) | WireType.Bytes;
    private const uint SparseTensors = (23 << 3) | WireType.Bytes;

    public static void Read(ProtobufReader reader, ModelTally model)
    {
        model.AllNodeCount = reader.Count(model.AllNodeCount, OnnxLimits.Nodes, "nodes");
        var outer = reader.Enter("NodeProto");
        var (domain, name) = ("", "");
        uint tag;
        while ((tag = reader.ReadTag()) != 0)
        {
            switch (tag)
            {
                case OpType: name = reader.ReadName(); break;
                case Domain: domain = reader.ReadName(); break;
                case Attribute: ReadAttribute(reader, model); break;
                default: reader.Skip(); break;
            }
        }

        reader.Leave(outer);
        if (model.CountOperator(domain, name))
            reader.Count(model.Operators.Count - 1, OnnxLimits.Entries, "operator types");
    }

    public static void ReadAttribute(ProtobufReader reader, ModelTally model)
    {
        var outer = reader.Enter("AttributeProto");
        uint tag;
        while ((tag = reader.ReadTag()) != 0)
        {
            switch (tag)
            {
                case Tensor or Tensors: TensorReader.Read(reader, model); break;
                case SparseTensor or SparseTensors: TensorReader.ReadSparse(reader, model); break;
                case Graph or Graphs: GraphReader.ReadSubgraph(reader, model); break;
                default: reader.Skip(); break;
            }
        }

        reader.Leave(outer);
    }
}
