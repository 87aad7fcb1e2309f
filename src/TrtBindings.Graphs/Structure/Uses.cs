namespace TrtBindings.Graphs.Structure;

/// <summary>Who reads each value of a model, in all graphs, at one moment.</summary>
internal sealed class Uses
{
    private readonly Dictionary<Value, List<Node>> _nodes = [];
    private readonly HashSet<Value> _outputs = [];

    public Uses(Graph main)
    {
        foreach (var graph in main.All())
        {
            _outputs.UnionWith(graph.Outputs);
            foreach (var node in graph.Nodes)
            {
                foreach (var input in node.Inputs.OfType<Value>())
                {
                    if (!_nodes.TryGetValue(input, out var users)) _nodes[input] = users = [];
                    users.Add(node);
                }
            }
        }
    }

    /// <summary>Nodes that have the value as an input; twice where it is two inputs.</summary>
    public IReadOnlyList<Node> Of(Value value) => _nodes.GetValueOrDefault(value) ?? [];

    /// <summary>True for what a graph gives.</summary>
    public bool IsOutput(Value value) => _outputs.Contains(value);

    /// <summary>True if nothing reads it.</summary>
    public bool IsUnused(Value value) => !IsOutput(value) && Of(value).Count == 0;
}
