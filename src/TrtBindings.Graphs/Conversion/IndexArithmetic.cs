using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Conversion;

/// <summary>
/// Finds arithmetic on numbers that were integers: sizes, places, token masks. Nobody saves time with it, FP16 counts only to
/// 2048 without gaps, and TensorRT has no FP16 for what becomes a shape.
/// </summary>
internal static class IndexArithmetic
{
    private static readonly HashSet<string> Elementwise =
    [
        "Add", "Sub", "Mul", "Div", "Pow", "Mod", "Floor", "Ceil", "Round", "Sqrt", "Reciprocal", "Min", "Max", "Clip", "Neg",
            "Abs",
        "Exp", "Log", "Concat", "Slice", "Gather", "Transpose", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Expand", "Tile",
        "Identity", "Where",
    ];

    /// <summary>The nodes of all graphs, with types as the file has them.</summary>
    public static HashSet<Node> Find(Graph main)
    {
        var (nodes, values) = (new HashSet<Node>(), new HashSet<Value>());
        foreach (var node in main.All().SelectMany(graph => graph.Nodes))
        {
            if (node.Domain.Length > 0 || !IsIndex(node, values)) continue;
            nodes.Add(node);
            values.UnionWith(node.Outputs.OfType<Value>());
        }

        return nodes;
    }

    private static bool IsIndex(Node node, HashSet<Value> values)
    {
        switch (node.Operator)
        {
            case "Cast": return node.Inputs is [{ Type: ElementType.Int32 or ElementType.Int64 }] && IsFloat(node.Result);
            case "Range": return IsFloat(node.Result);
        }

        if (!Elementwise.Contains(node.Operator) || !IsFloat(node.Result)) return false;
        var floats = node.Inputs.Where(IsFloat).ToList();
        return floats.Exists(values.Contains!) && floats.TrueForAll(value => value!.IsConstant || values.Contains(value));
    }

    private static bool IsFloat(Value? value) => value?.Type is ElementType.Float or ElementType.Float16 or ElementType.BFloat16;
}
