namespace TrtBindings.Graphs.Structure;

/// <summary>A graph: the main one of a model, or one in an attribute of a node.</summary>
internal sealed class Graph(GraphProto proto, Graph? parent)
{
    /// <summary>What the file says beside values and nodes.</summary>
    public GraphProto Proto { get; } = proto;

    /// <summary>The graph whose values this one can see too; <see langword="null"/> for the main graph.</summary>
    public Graph? Parent { get; } = parent;

    public List<Value> Inputs { get; } = [];

    /// <summary>Constants and defaults of inputs.</summary>
    public List<Value> Initializers { get; } = [];

    /// <summary>Nodes, each after those that it needs.</summary>
    public List<Node> Nodes { get; } = [];

    /// <summary>What the graph gives.</summary>
    public List<Value> Outputs { get; } = [];

    /// <summary>What the file says about each output.</summary>
    public List<ValueInfoProto> OutputDeclarations { get; } = [];

    /// <summary>This graph and all below it, each before those in its nodes.</summary>
    public IEnumerable<Graph> All() => Nodes.SelectMany(node => node.Subgraphs).SelectMany(graph => graph.All()).Prepend(this);

    /// <summary>Values of the graphs above that this one, or one in it, reads.</summary>
    public IEnumerable<Value> Captured()
    {
        foreach (var value in Nodes.SelectMany(node => node.AllInputs()).Concat(Outputs))
            if (!Holds(value.Owner)) yield return value;
    }

    /// <summary>Every value that belongs to this graph.</summary>
    public IEnumerable<Value> Values() =>
        Inputs.Concat(Initializers).Concat(Nodes.SelectMany(node => node.Outputs).OfType<Value>()).Distinct();

    /// <summary>True for this graph and those below it.</summary>
    private bool Holds(Graph other)
    {
        for (var graph = other; graph is not null; graph = graph.Parent)
            if (graph == this) return true;
        return false;
    }
}
