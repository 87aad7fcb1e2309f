namespace TrtBindings.Graphs.Structure;

/// <summary>One node of a graph.</summary>
internal sealed class Node(NodeProto proto, Graph owner)
{
    /// <summary>What the file says. Names of inputs and outputs in it are brought up to date when the graph is written.</summary>
    public NodeProto Proto { get; } = proto;

    /// <summary>The graph that it is in.</summary>
    public Graph Owner { get; } = owner;

    /// <summary>Its inputs; <see langword="null"/> where an optional one is left out.</summary>
    public List<Value?> Inputs { get; } = [];

    /// <summary>Its outputs; <see langword="null"/> where one is not asked for.</summary>
    public List<Value?> Outputs { get; } = [];

    /// <summary>The graphs in its attributes, in order.</summary>
    public List<Graph> Subgraphs { get; } = [];

    /// <summary>The first output, if the node has one and it is asked for.</summary>
    public Value? Result => Outputs.Count > 0 ? Outputs[0] : null;

    public string Operator => Proto.OpType;

    /// <summary>Empty for ONNX's own operators.</summary>
    public string Domain => Proto.Domain == "ai.onnx" ? "" : Proto.Domain;

    /// <summary>Its name; that of its first output if it has none.</summary>
    public string DisplayName => Proto.HasName && Proto.Name.Length > 0
        ? Proto.Name
        : Outputs.Find(value => value is not null)?.Name ?? "";

    public override string ToString() => $"{Proto.OpType} '{DisplayName}'";

    /// <summary>An attribute by its name.</summary>
    public AttributeProto? Attribute(string name) => Proto.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    /// <summary>A subgraph by the name of its attribute.</summary>
    public Graph? Subgraph(string name) =>
        Attribute(name)?.G is { } proto ? Subgraphs.Find(graph => ReferenceEquals(graph.Proto, proto)) : null;

    /// <summary>Every value that it reads, also those that its subgraphs read from outside.</summary>
    public IEnumerable<Value> AllInputs() =>
        Inputs.OfType<Value>().Concat(Subgraphs.SelectMany(graph => graph.Captured()));
}
