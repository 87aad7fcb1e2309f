using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Conversion;

/// <summary>Finds the nodes that the rows of <see cref="ReleaseTable"/> are about.</summary>
internal sealed class NodeKinds
{
    /// <summary>What may stand between the scores of an attention and its Softmax.</summary>
    private static readonly string[] OnTheWay = ["Mul", "Div", "Add", "Sub", "Where", "Cast", "Reshape", "Transpose", "Identity"];

    private readonly HashSet<Node> _scores = [];

    public NodeKinds(Graph main)
    {
        foreach (var node in main.All().SelectMany(graph => graph.Nodes))
            if (node is { Operator: "Softmax", Domain: "" }) Follow(node.Inputs.FirstOrDefault(), 0);
    }

    /// <summary>
    /// Whether a node is of a kind. One that takes dequantized numbers computes in 8 bits, whatever the rest does.
    /// </summary>
    public bool IsOf(Node node, NodeKind kind)
    {
        if (node.Domain.Length > 0 || node.Inputs.Exists(input => input?.Producer is { Operator: "DequantizeLinear" }))
            return false;
        return kind switch
        {
            NodeKind.ConvTranspose => node.Operator == "ConvTranspose",
            NodeKind.GroupedConv => node.Operator == "Conv" && node.Attribute("group")?.I > 1 && !IsDepthwise(node),
            NodeKind.AttentionScores => _scores.Contains(node),
            _ => false,
        };
    }

    /// <summary>True for a convolution of each channel by itself.</summary>
    private static bool IsDepthwise(Node node) =>
        node.Inputs.Count > 1 && node.Inputs[1]?.Initializer is { Dims: [_, 1, ..] };

    private void Follow(Value? value, int depth)
    {
        // Scales and masks: a few nodes, not a whole network.
        if (value?.Producer is not { Domain: "" } node || depth > OnTheWay.Length) return;
        if (node.Operator == "MatMul")
        {
            if (node.Inputs.All(input => input is { IsConstant: false })) _scores.Add(node);
            return;
        }

        if (!OnTheWay.Contains(node.Operator)) return;
        foreach (var input in node.Inputs) Follow(input, depth + 1);
    }
}
