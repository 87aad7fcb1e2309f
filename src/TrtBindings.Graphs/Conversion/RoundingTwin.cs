using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Conversion;

/// <summary>
/// Makes a model in 32 bits that gives what a BF16 model gives: every value that would be BF16 is rounded to it and back. ONNX
/// Runtime has no BF16 convolutions on the CPU, and this runs everywhere.
/// </summary>
internal static class RoundingTwin
{
    /// <summary>Writes the twin of a BF16 model.</summary>
    public static void Write(string path, string target)
    {
        using var file = OnnxFile.Read(path);
        using var writer = new ModelWriter(file, target);
        Write(file, writer);
        writer.Commit();
    }

    /// <summary>Writes the twin without giving it its name.</summary>
    public static void Write(OnnxFile file, ModelWriter writer)
    {
        var draft = new Draft(file);
        var graphs = draft.Main.All().ToList();
        foreach (var graph in graphs)
        {
            foreach (var value in graph.Initializers.Concat(graph.Inputs).Where(IsRounded)) ToFloat(draft, value);
            var nodes = graph.Nodes.SelectMany(node => WithRounding(draft, node)).ToList();
            graph.Nodes.Clear();
            graph.Nodes.AddRange(nodes);
        }

        // Operator set 22 gave BF16 to operators and changed nothing else; ONNX Runtime has some of them only as 21 wrote them.
        foreach (var import in file.Model.OpsetImport.Where(import => import is { Domain: "" or "ai.onnx", Version: 22 }))
            import.Version = 21;
        GraphWriter.Write(draft.Main);
        writer.Write(file, file.Model, draft.Changed);
    }

    private static bool IsRounded(Value? value) => value?.Type == ElementType.BFloat16;

    private static void ToFloat(Draft draft, Value value)
    {
        value.Type = ElementType.Float;
        if (value.Initializer is { } tensor && draft.DataOf(tensor) is { } data)
            draft.SetData(tensor, new ConvertedData(data, ElementType.Float));
    }

    private static List<Node> WithRounding(Draft draft, Node node)
    {
        var nodes = new List<Node> { node };
        foreach (var attribute in node.Proto.Attribute)
        {
            if (attribute.T is { DataType: (int)ElementType.BFloat16 } tensor && draft.DataOf(tensor) is { } data)
                draft.SetData(tensor, new ConvertedData(data, ElementType.Float));
        }

        for (var i = 0; i < node.Outputs.Count; i++)
        {
            if (node.Outputs[i] is not { } value || !IsRounded(value)) continue;
            // What control flow gives was rounded where it was made. A Cast to BF16 rounds by itself.
            value.Type = ElementType.Float;
            if (node.Subgraphs.Count > 0) continue;
            var raw = new Value(draft.Names.Take(value.Name + "_raw"), node.Owner) { Producer = node };
            node.Outputs[i] = raw;
            if (node is not { Operator: "Cast", Domain: "" }) raw = AddCast(draft, nodes, raw, ElementType.BFloat16, null);
            AddCast(draft, nodes, raw, ElementType.Float, value);
        }

        return nodes;
    }

    private static Value AddCast(Draft draft, List<Node> nodes, Value input, ElementType type, Value? output)
    {
        var proto = new NodeProto { OpType = "Cast" };
        proto.Attribute.Add(new AttributeProto { Name = "to", Type = 2, I = (long)type });
        var node = new Node(proto, input.Owner);
        output ??= new(draft.Names.Take(input.Name + "_rounded"), input.Owner);
        output.Producer = node;
        node.Inputs.Add(input);
        node.Outputs.Add(output);
        nodes.Add(node);
        return output;
    }
}
