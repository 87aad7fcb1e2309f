namespace TrtBindings.Graphs.Structure;

/// <summary>Brings the messages of a model up to date with its graphs.</summary>
internal static class GraphWriter
{
    /// <summary>Writes a graph and all in it into its <see cref="Graph.Proto"/>.</summary>
    public static void Write(Graph graph)
    {
        var proto = graph.Proto;
        var notes = graph.Values().Except(graph.Inputs).Except(graph.Outputs)
            .Where(IsNoted).Select(value => Declared(value, value.Declaration!.Clone())).ToList();
        proto.Node.Clear();
        foreach (var node in graph.Nodes)
        {
            Replace(node.Proto.Input, node.Inputs);
            Replace(node.Proto.Output, node.Outputs);
            foreach (var subgraph in node.Subgraphs) Write(subgraph);
            proto.Node.Add(node.Proto);
        }

        Refill(proto.Input, graph.Inputs.Select(value => Declared(value, value.Declaration!)));
        Refill(proto.Output, graph.Outputs.Zip(graph.OutputDeclarations, Declared));
        Refill(proto.ValueInfo, notes);
        Refill(proto.Initializer, graph.Initializers.Select(Named).OfType<TensorProto>());
        Refill(proto.SparseInitializer, graph.Initializers.Select(value => value.SparseInitializer).OfType<SparseTensorProto>());
    }

    /// <summary>
    /// What the file said about values between nodes goes along if it still is about one, and not against what its node gives.
    /// </summary>
    private static bool IsNoted(Value value) =>
        value is { Declaration.Type: not null, Initializer: null, SparseInitializer: null }
        && (value.Type != ElementType.Undefined || value.Declaration.Type.TensorType is null);

    private static TensorProto? Named(Value value)
    {
        if (value.Initializer is { } tensor && tensor.Name != value.Name) tensor.Name = value.Name;
        return value.Initializer;
    }

    /// <summary>The declaration with the value's name and type.</summary>
    private static ValueInfoProto Declared(Value value, ValueInfoProto declaration)
    {
        declaration.Name = value.Name;
        if (value.Type != ElementType.Undefined && declaration.Type?.TensorType is { } tensor) tensor.ElemType = (int)value.Type;
        return declaration;
    }

    private static void Replace(IList<string> names, List<Value?> values)
    {
        names.Clear();
        foreach (var value in values) names.Add(value?.Name ?? "");
    }

    private static void Refill<T>(Google.Protobuf.Collections.RepeatedField<T> field, IEnumerable<T> items)
    {
        var all = items.ToList();
        field.Clear();
        field.AddRange(all);
    }
}
