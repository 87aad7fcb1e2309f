using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Quantization;

/// <summary>
/// Finds activations: one node such as Relu, or several that TensorRT fuses with the layer before them, such as x * Sigmoid(x).
/// No value inside one is ever quantized.
/// </summary>
internal sealed class Activation
{
    /// <summary>Longer than any activation that an exporter writes; Gelu has five nodes.</summary>
    private const int MostNodes = 8;

    private static readonly HashSet<string> Open =
    [
        "Relu", "LeakyRelu", "PRelu", "Clip", "Elu", "Selu", "Celu", "Gelu", "Mish", "HardSwish", "Swish", "ThresholdedRelu",
    ];

    private static readonly HashSet<string> Bounded = ["Sigmoid", "HardSigmoid", "Tanh", "Erf", "Softplus", "Softsign"];

    private static readonly HashSet<string> Arithmetic = ["Add", "Sub", "Mul", "Div", "Pow", "Min", "Max"];

    private readonly Uses _uses;
    private readonly Dictionary<Node, Value> _sources = [];
    private readonly Dictionary<Value, Node> _lasts = [];

    /// <summary>Looks at every value of a graph.</summary>
    public Activation(Graph graph, Uses uses)
    {
        _uses = uses;
        foreach (var value in graph.Nodes.SelectMany(node => node.Outputs).OfType<Value>())
        {
            if (value.Producer is { Domain: "" } producer && (IsPart(producer) && _sources.ContainsKey(producer))) continue;
            if (Find(value) is not { } last) continue;
            _lasts[value] = last;
            _sources.TryAdd(last, value);
        }
    }

    /// <summary>The last node of the activation of a value, if it has one and nothing else reads the value.</summary>
    public Node? LastOf(Value value) => _lasts.GetValueOrDefault(value);

    /// <summary>What the activation is of whose last node this is.</summary>
    public Value? SourceOf(Node last) => _sources.GetValueOrDefault(last);

    /// <summary>True if a node could be a part of an activation.</summary>
    private static bool IsPart(Node node) => node.Domain.Length == 0
        && (Open.Contains(node.Operator) || Bounded.Contains(node.Operator) || Arithmetic.Contains(node.Operator));

    /// <summary>
    /// Follows the readers of a value through nodes that take nothing but it and constants, until one node gives all that is read
    /// elsewhere.
    /// </summary>
    private Node? Find(Value value)
    {
        if (_uses.IsOutput(value) || _uses.Of(value).Count == 0) return null;
        var (inside, nodes) = (new HashSet<Value> { value }, new List<Node>());
        var waiting = new Queue<Value>([value]);
        while (waiting.TryDequeue(out var next))
        {
            foreach (var node in _uses.Of(next))
            {
                if (nodes.Contains(node)) continue;
                var isReady = IsPart(node) && node.Owner == value.Owner && node.Result is not null
                    && node.Inputs.TrueForAll(input => input is null || inside.Contains(input) || input.IsConstant);
                if (!isReady) continue;
                if (nodes.Count == MostNodes) return null;
                nodes.Add(node);
                inside.Add(node.Result!);
                // The first of two activations in a row ends here.
                if (IsComplete(value, nodes)) return IsActivation(nodes, inside) ? node : null;
                waiting.Enqueue(node.Result!);
                // Its other reader may have waited for this one.
                foreach (var known in inside) if (known != next && !waiting.Contains(known)) waiting.Enqueue(known);
            }
        }

        return null;
    }

    /// <summary>True if only what the last node gives is read by others.</summary>
    private bool IsComplete(Value value, List<Node> nodes) =>
        nodes.SkipLast(1).Select(node => node.Result!).Prepend(value)
            .All(one => !_uses.IsOutput(one) && _uses.Of(one).All(nodes.Contains))
        && (nodes.Count > 1 || Open.Contains(nodes[0].Operator));

    /// <summary>
    /// A share of itself or a bent line. A sigmoid alone makes scores, and a factor makes boxes of another size.
    /// </summary>
    private static bool IsActivation(List<Node> nodes, HashSet<Value> inside) =>
        nodes.Exists(node => Open.Contains(node.Operator))
        || (nodes.Exists(node => Bounded.Contains(node.Operator))
            && nodes.Exists(node => node.Operator == "Mul" && node.Inputs.TrueForAll(input => inside.Contains(input!))));
}
