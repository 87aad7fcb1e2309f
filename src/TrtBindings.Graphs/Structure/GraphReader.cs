namespace TrtBindings.Graphs.Structure;

/// <summary>Connects the names of a model: makes objects of them and puts the nodes in order.</summary>
/// <param name="path">The model's path, for messages.</param>
internal sealed class GraphReader(string path)
{
    /// <summary>The main graph, with all graphs in it.</summary>
    /// <exception cref="ModelFileException">A name has no value or two, or nodes need each other in a circle.</exception>
    public Graph Read(GraphProto proto) => Read(proto, null, null);

    private Graph Read(GraphProto proto, Graph? parent, Scope? outer)
    {
        var graph = new Graph(proto, parent);
        var scope = new Scope(outer);
        foreach (var input in proto.Input)
        {
            var value = Declare(scope, graph, input.Name);
            (value.IsInput, value.Declaration, value.Type) = (true, input, TypeOf(input));
            graph.Inputs.Add(value);
        }

        ReadInitializers(proto, graph, scope);
        var nodes = proto.Node.Select(node => new Node(node, graph)).ToList();
        foreach (var node in nodes)
        {
            foreach (var name in node.Proto.Output)
            {
                var value = name.Length == 0 ? null : Declare(scope, graph, name);
                if (value is not null) value.Producer = node;
                node.Outputs.Add(value);
            }
        }

        Describe(proto, scope);
        foreach (var node in nodes)
        {
            foreach (var name in node.Proto.Input) node.Inputs.Add(name.Length == 0 ? null : Find(scope, name, node));
            foreach (var attribute in node.Proto.Attribute)
            {
                if (attribute.G is { } single) node.Subgraphs.Add(Read(single, graph, scope));
                foreach (var one in attribute.Graphs) node.Subgraphs.Add(Read(one, graph, scope));
            }
        }

        foreach (var output in proto.Output)
        {
            graph.Outputs.Add(Find(scope, output.Name, null));
            graph.OutputDeclarations.Add(output);
        }

        graph.Nodes.AddRange(NodeOrder.Sort(nodes, path));
        return graph;
    }

    private void ReadInitializers(GraphProto proto, Graph graph, Scope scope)
    {
        foreach (var tensor in proto.Initializer)
        {
            var value = DefaultOf(scope, graph, tensor.Name);
            (value.Initializer, value.Type) = (tensor, (ElementType)tensor.DataType);
            graph.Initializers.Add(value);
        }

        foreach (var sparse in proto.SparseInitializer)
        {
            var value = DefaultOf(scope, graph, sparse.Values?.Name ?? "");
            (value.SparseInitializer, value.Type) = (sparse, (ElementType)(sparse.Values?.DataType ?? 0));
            graph.Initializers.Add(value);
        }
    }

    /// <summary>The input of that name, which then has a default, or a new constant.</summary>
    private Value DefaultOf(Scope scope, Graph graph, string name) =>
        scope.Own.TryGetValue(name, out var input) && input is { Initializer: null, SparseInitializer: null }
            ? input
            : Declare(scope, graph, name);

    private Value Declare(Scope scope, Graph graph, string name)
    {
        // Names that are no UTF-8 would all become the same replacement characters.
        if (name.Length == 0 || name.Contains('\uFFFD'))
            throw Bad($"has a value with an unreadable name, '{name}'");
        var value = new Value(name, graph);
        return scope.Own.TryAdd(name, value) ? value : throw Bad($"has two values of the name '{name}' in one graph");
    }

    private static void Describe(GraphProto proto, Scope scope)
    {
        foreach (var declaration in proto.ValueInfo.Concat(proto.Output))
        {
            if (!scope.Own.TryGetValue(declaration.Name, out var value) || value.IsInput) continue;
            value.Declaration = declaration;
            if (value.Type == ElementType.Undefined) value.Type = TypeOf(declaration);
        }
    }

    private Value Find(Scope scope, string name, Node? user)
    {
        for (var at = scope; at is not null; at = at.Outer)
            if (at.Own.TryGetValue(name, out var value)) return value;
        throw Bad(user is null ? $"gives '{name}', and no node makes it"
            : $"has the node {user}, whose input '{name}' nobody makes");
    }

    private static ElementType TypeOf(ValueInfoProto declaration) =>
        (ElementType)(declaration.Type?.TensorType?.ElemType ?? 0);

    private ModelFileException Bad(string what) =>
        new(path, $"The model '{path}' {what}. Export or copy it again.");

    /// <summary>The names of one graph, and those that it can see.</summary>
    private sealed class Scope(Scope? outer)
    {
        public Scope? Outer => outer;

        public Dictionary<string, Value> Own { get; } = [];
    }
}
