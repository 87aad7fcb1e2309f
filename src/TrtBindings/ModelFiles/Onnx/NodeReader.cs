namespace TrtBindings.ModelFiles.Onnx;

/// <summary>Reads <c>NodeProto</c> and <c>AttributeProto</c>: operators, subgraphs and external files of constants.</summary>
internal static class NodeReader
{
    private const uint Input = (1 << 3) | WireType.Bytes;
    private const uint Output = (2 << 3) | WireType.Bytes;
    private const uint OpType = (4 << 3) | WireType.Bytes;
    private const uint Attribute = (5 << 3) | WireType.Bytes;
    private const uint Domain = (7 << 3) | WireType.Bytes;

    private const uint Tensor = (5 << 3) | WireType.Bytes;
    private const uint Graph = (6 << 3) | WireType.Bytes;
    private const uint Tensors = (10 << 3) | WireType.Bytes;
    private const uint Graphs = (11 << 3) | WireType.Bytes;
    private const uint SparseTensor = (22 << 3) | WireType.Bytes;
    private const uint SparseTensors = (23 << 3) | WireType.Bytes;

    public static void Read(ProtobufReader reader, ModelTally model) => Read(reader, model, null);

    /// <summary>Reads a node and records the value that it computes.</summary>
    public static void Read(ProtobufReader reader, ModelTally model, ProducerTally? producers)
    {
        model.AllNodeCount = reader.Count(model.AllNodeCount, OnnxLimits.Nodes, "nodes");
        var outer = reader.Enter("NodeProto");
        var (domain, name) = ("", "");
        var (inputs, outputs, input, output) = (0, 0, 0UL, 0UL);
        uint tag;
        while ((tag = reader.ReadTag()) != 0)
        {
            switch (tag)
            {
                // Only the first input and output: the relevant operators have a single output.
                case Input when producers is not null && inputs++ == 0: input = reader.ReadNameHash(); break;
                case Output when producers is not null && outputs++ == 0: output = reader.ReadNameHash(); break;
                case OpType: name = reader.ReadName(); break;
                case Domain: domain = reader.ReadName(); break;
                case Attribute: ReadAttribute(reader, model); break;
                default: reader.Skip(); break;
            }
        }

        reader.Leave(outer);
        producers?.Add(output, domain, name, input);
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
