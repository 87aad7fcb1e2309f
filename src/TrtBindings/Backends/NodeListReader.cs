using TrtBindings.ModelFiles.Onnx;

namespace TrtBindings.Backends;

/// <summary>Reads which node of the main graph makes which values of which others. Seeks over weights.</summary>
internal static class NodeListReader
{
    // Field numbers of ModelProto, GraphProto, NodeProto and AttributeProto.
    private const uint Graph = (7 << 3) | WireType.Bytes;
    private const uint Node = (1 << 3) | WireType.Bytes;
    private const uint Input = (1 << 3) | WireType.Bytes;
    private const uint Output = (2 << 3) | WireType.Bytes;
    private const uint Name = (3 << 3) | WireType.Bytes;
    private const uint OpType = (4 << 3) | WireType.Bytes;
    private const uint Attribute = (5 << 3) | WireType.Bytes;
    private const uint AttributeGraph = (6 << 3) | WireType.Bytes;
    private const uint AttributeGraphs = (11 << 3) | WireType.Bytes;

    /// <summary>The nodes in the order of the file, which is topological.</summary>
    /// <exception cref="OnnxFormatException">The bytes are not a valid ONNX model.</exception>
    /// <exception cref="IOException">The stream failed.</exception>
    public static List<ListedNode> Read(Stream stream)
    {
        var (reader, nodes) = (new ProtobufReader(stream), new List<ListedNode>());
        while (reader.ReadTag() is not 0 and var tag)
        {
            if (tag == Graph) ReadGraph(reader, nodes);
            else reader.Skip();
        }

        return nodes;
    }

    private static void ReadGraph(ProtobufReader reader, List<ListedNode> nodes)
    {
        var outer = reader.Enter("GraphProto");
        while (reader.ReadTag() is not 0 and var tag)
        {
            if (tag == Node) nodes.Add(ReadNode(reader));
            else reader.Skip();
        }

        reader.Leave(outer);
    }

    private static ListedNode ReadNode(ProtobufReader reader)
    {
        var (name, type, inputs, outputs) = ("", "", new List<string>(), new List<string>());
        var outer = reader.Enter("NodeProto");
        while (reader.ReadTag() is not 0 and var tag)
        {
            switch (tag)
            {
                case Input: Add(inputs, reader.ReadName()); break;
                case Output: Add(outputs, reader.ReadName()); break;
                case Name: name = reader.ReadName(); break;
                case OpType: type = reader.ReadName(); break;
                case Attribute: ReadAttribute(reader, inputs); break;
                default: reader.Skip(); break;
            }
        }

        reader.Leave(outer);
        return new(name, type, inputs, outputs);

        // An empty name is an optional value that is left out.
        static void Add(List<string> names, string name)
        {
            if (name.Length > 0) names.Add(name);
        }
    }

    /// <summary>What nodes of a subgraph read may be a value of the main graph, which its node then depends on.</summary>
    private static void ReadAttribute(ProtobufReader reader, List<string> inputs)
    {
        var outer = reader.Enter("AttributeProto");
        while (reader.ReadTag() is not 0 and var tag)
        {
            if (tag is not (AttributeGraph or AttributeGraphs))
            {
                reader.Skip();
                continue;
            }

            var inside = new List<ListedNode>();
            ReadGraph(reader, inside);
            foreach (var node in inside) inputs.AddRange(node.Inputs);
        }

        reader.Leave(outer);
    }
}

/// <summary>A node of a graph.</summary>
/// <param name="Name">Its name; empty if it has none.</param>
/// <param name="Operator">Its operator.</param>
/// <param name="Inputs">The values that it reads, with those that its subgraphs read.</param>
/// <param name="Outputs">The values that it makes.</param>
internal sealed record ListedNode(string Name, string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs);
