namespace TrtBindings.ModelFiles.Onnx;

/// <summary>Reads <c>NodeProto</c> and <c>AttributeProto</c>: operators, subgraphs and external files of constants.</summary>
internal static class NodeReader
{
    private const uint Input = (1 << 3) | WireType.Bytes;
    private const uint Output = (2 << 3) | WireType.Bytes;
    private const uint OpType = (4 << 3) | WireType.Bytes;
    private const uint Attribute = (5 << 3) | WireType.Bytes;
    private const uint Domain = (7 << 3) | WireType.Bytes;

    private const uint AttributeName = (1 << 3) | WireType.Bytes;
    private const uint Int = (3 << 3) | WireType.Varint;
    private const uint Ints = (8 << 3) | WireType.Varint;
    private const uint PackedInts = (8 << 3) | WireType.Bytes;
    private const uint Tensor = (5 << 3) | WireType.Bytes;
    private const uint Graph = (6 << 3) | WireType.Bytes;
    private const uint Tensors = (10 << 3) | WireType.Bytes;
    private const uint Graphs = (11 << 3) | WireType.Bytes;
    private const uint SparseTensor = (22 << 3) | WireType.Bytes;
    private const uint SparseTensors = (23 << 3) | WireType.Bytes;

    public static void Read(ProtobufReader reader, ModelTally model) => Read(reader, model, null, null);

    /// <summary>Reads a node, and records the values that it computes and what decides their shapes.</summary>
    public static void Read(ProtobufReader reader, ModelTally model, ProducerTally? producers, NodeFacts? facts)
    {
        model.AllNodeCount = reader.Count(model.AllNodeCount, OnnxLimits.Nodes, "nodes");
        var outer = reader.Enter("NodeProto");
        var (domain, name) = ("", "");
        var (inputs, outputs, input, output) = (0, 0, 0UL, 0UL);
        ulong value;
        uint tag;
        while ((tag = reader.ReadTag()) != 0)
        {
            switch (tag)
            {
                // Of the producer only the first input and output: the relevant operators have a single output.
                case Input when producers is not null:
                    value = reader.ReadNameHash();
                    if (inputs++ == 0) input = value;
                    facts?.AddInput(value);
                    break;
                case Output when producers is not null:
                    value = reader.ReadNameHash();
                    if (outputs++ == 0) output = value;
                    facts?.AddOutput(value);
                    break;
                case OpType: name = reader.ReadName(); break;
                case Domain: domain = reader.ReadName(); break;
                case Attribute: ReadAttribute(reader, model, facts); break;
                default: reader.Skip(); break;
            }
        }

        reader.Leave(outer);
        if (facts is not null && domain is "" or "ai.onnx") facts!.Operator = name;
        producers?.Add(output, domain, name, input);
        if (model.CountOperator(domain, name))
            reader.Count(model.Operators.Count - 1, OnnxLimits.Entries, "operator types");
    }

    public static void ReadAttribute(ProtobufReader reader, ModelTally model, NodeFacts? node = null)
    {
        // Only of an attribute whose name comes first, as every writer puts it.
        AttributeFacts? facts = null;
        var outer = reader.Enter("AttributeProto");
        uint tag;
        while ((tag = reader.ReadTag()) != 0)
        {
            switch (tag)
            {
                case AttributeName when node is not null: facts = node.Add(reader.ReadNameHash()); break;
                case Int when facts is not null: facts.Int = reader.ReadVarint(); break;
                case Ints when facts is not null: facts.AddInt(reader.ReadVarint()); break;
                case PackedInts when facts is not null: ReadInts(reader, facts); break;
                case Tensor when facts is not null: facts.Tensor = TensorReader.Read(reader, model).Facts; break;
                case Tensor or Tensors: TensorReader.Read(reader, model); break;
                case SparseTensor or SparseTensors: TensorReader.ReadSparse(reader, model); break;
                case Graph or Graphs: GraphReader.ReadSubgraph(reader, model); break;
                default: reader.Skip(); break;
            }
        }

        reader.Leave(outer);
    }

    private static void ReadInts(ProtobufReader reader, AttributeFacts facts)
    {
        // A longer list decides no shape, and is not read.
        const int Most = 10 * ValueFacts.MostNumbers;
        var outer = reader.Enter("AttributeProto.ints");
        while (reader.HasMore && !reader.HasBytes(Most + 1)) facts.AddInt(reader.ReadVarint());
        reader.Leave(outer);
    }
}
