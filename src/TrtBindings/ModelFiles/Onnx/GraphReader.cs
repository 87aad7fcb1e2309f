namespace TrtBindings.ModelFiles.Onnx;

/// <summary>Reads <c>GraphProto</c>: all of the main graph; only nodes and external files of a subgraph.</summary>
internal static class GraphReader
{
    private const uint Node = (1 << 3) | WireType.Bytes;
    private const uint Name = (2 << 3) | WireType.Bytes;
    private const uint Initializer = (5 << 3) | WireType.Bytes;
    private const uint Documentation = (10 << 3) | WireType.Bytes;
    private const uint Input = (11 << 3) | WireType.Bytes;
    private const uint Output = (12 << 3) | WireType.Bytes;
    private const uint SparseInitializer = (15 << 3) | WireType.Bytes;

    public static void ReadMain(ProtobufReader reader, ModelTally model)
    {
        var outer = reader.Enter("GraphProto");
        uint tag;
        while ((tag = reader.ReadTag()) != 0)
        {
            switch (tag)
            {
                case Node:
                    model.NodeCount++;
                    NodeReader.Read(reader, model, model.Producers, model.Shapes.NextNode());
                    break;
                case Name: model.GraphName = reader.ReadText(); break;
                case Initializer: AddInitializer(reader, model, TensorReader.Read(reader, model)); break;
                case SparseInitializer: AddInitializer(reader, model, TensorReader.ReadSparse(reader, model)); break;
                case Documentation: model.GraphDocumentation = reader.ReadText(); break;
                case Input: ValueReader.Read(reader, model.Inputs); break;
                case Output: ValueReader.Read(reader, model.Outputs); break;
                default: reader.Skip(); break;
            }
        }

        reader.Leave(outer);
    }

    public static void ReadSubgraph(ProtobufReader reader, ModelTally model)
    {
        var outer = reader.Enter("GraphProto");
        uint tag;
        while ((tag = reader.ReadTag()) != 0)
        {
            switch (tag)
            {
                case Node: NodeReader.Read(reader, model); break;
                case Initializer: TensorReader.Read(reader, model); break;
                case SparseInitializer: TensorReader.ReadSparse(reader, model); break;
                default: reader.Skip(); break;
            }
        }

        reader.Leave(outer);
    }

    private static void AddInitializer(ProtobufReader reader, ModelTally model, TensorHeader tensor)
    {
        reader.Count(model.InitializerNames.Count, OnnxLimits.Initializers, "initializers");
        if (tensor.IsWithoutData) model.InitializerWithoutData ??= tensor.Name;
        model.InitializerNames.Add(tensor.Name);
        model.Shapes.AddConstant(tensor);
        model.InitializerTypes[(int)tensor.ElementType]++;
    }
}
