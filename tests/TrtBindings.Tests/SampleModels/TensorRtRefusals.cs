using TrtBindings.TestSupport;

namespace TrtBindings.Tests.SampleModels;

/// <summary>
/// What TensorRT's parser or an engine was seen to refuse on real libraries, found in a graph without its weights. One line
/// for each finding; docs/tensorrt.md lists the rules.
/// </summary>
internal static class TensorRtRefusals
{
    /// <summary>Operands that are a shape, or decide one.</summary>
    private static readonly Dictionary<string, int[]> ShapeOperands = new()
    {
        ["Reshape"] = [1], ["Expand"] = [1], ["Tile"] = [1], ["ConstantOfShape"] = [0], ["Slice"] = [1, 2, 3, 4],
        ["Pad"] = [1], ["Resize"] = [2, 3], ["TopK"] = [1], ["NonMaxSuppression"] = [2], ["Range"] = [0, 1, 2],
        ["OneHot"] = [1], ["Unsqueeze"] = [1], ["Squeeze"] = [1], ["Split"] = [1],
    };

    /// <summary>Operators whose output has the type of their first input.</summary>
    private static readonly HashSet<string> KeepTheType =
    [
        "Identity", "Reshape", "Transpose", "Slice", "Squeeze", "Unsqueeze", "Flatten", "Concat", "Gather", "Expand", "Tile",
        "Pad", "Split",
    ];

    /// <summary>Operators with which an engine cannot be recorded as a CUDA graph; no refusal.</summary>
    private static readonly string[] NotRecorded = ["NonMaxSuppression", "NonZero"];

    /// <summary>Operators that the parser of TensorRT 10 takes, from the generator's own list.</summary>
    private static readonly Lazy<HashSet<string>> Listed = new(() => [.. File
        .ReadLines(Path.Combine(TestPaths.RepositoryRoot, "generators", "TrtBindings.Generators", "TensorRt", "TensorRt10.txt"))
        .Where(line => line.StartsWith("operators:", StringComparison.Ordinal))
        .SelectMany(line => line["operators:".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))]);

    /// <summary>Everything that would be refused; nothing for a model that is ready as far as its graph tells.</summary>
    public static IReadOnlyList<string> Of(GraphFile graph) =>
        [.. Inputs(graph), .. Names(graph), .. Operators(graph), .. ZeroPoints(graph), .. Slices(graph), .. Shapes(graph)];

    /// <summary>Operators of the graph with which an engine is run without a CUDA graph.</summary>
    public static IReadOnlyList<string> NotRecordedOf(GraphFile graph) =>
        [.. graph.Nodes.Select(node => node.Operator).Where(NotRecorded.Contains).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Inputs(GraphFile graph) =>
        from input in graph.Description.Inputs
        where input.ElementType is ElementType.Int16 or ElementType.UInt32 or ElementType.String
        select $"input '{input.Name}' is {input.TypeText}";

    /// <summary>Sizes of one name must be equal at run time: those of one input, and all written as a placeholder.</summary>
    private static IEnumerable<string> Names(GraphFile graph)
    {
        foreach (var input in graph.Description.Inputs)
        {
            foreach (var name in input.Shape.Dimensions.Where(size => !size.IsFixed && !string.IsNullOrEmpty(size.Name))
                         .GroupBy(size => size.Name).Where(sizes => sizes.Count() > 1))
                yield return $"{name.Count()} dimensions of input '{input.Name}' are called '{name.Key}'";
        }

        var placeholders = graph.Description.Inputs.Count(
            input => input.Shape.Dimensions.Any(size => size.Kind == DimensionKind.Unknown && size.Name == "?"));
        if (placeholders > 1) yield return $"dimensions of {placeholders} inputs are called '?'";
    }

    private static IEnumerable<string> Operators(GraphFile graph) =>
        from name in graph.Nodes.Select(node => node.Operator).Distinct()
        let isSeen = name is "ConvInteger" or "DynamicQuantizeLinear"
        where isSeen || !Listed.Value.Contains(name)
        select isSeen ? $"operator {name}" : $"operator {name} is not in the list of TensorRT 10";

    private static IEnumerable<string> ZeroPoints(GraphFile graph)
    {
        foreach (var node in graph.Nodes.Where(node => node.Operator is "QuantizeLinear" or "DequantizeLinear"))
        {
            if (node.Input(2).Length == 0 || graph.ConstantOf(node.Input(2)) is { IsZero: true }) continue;
            yield return graph.ConstantOf(node.Input(2)) is null
                ? $"zero point '{node.Input(2)}' of {node.Operator} is no constant"
                : $"zero point '{node.Input(2)}' of {node.Operator} is not zero";
        }
    }

    private static IEnumerable<string> Slices(GraphFile graph) =>
        from node in graph.Nodes
        where node.Operator == "Slice" && TypeOf(graph, node.Input(0), []) == ElementType.UInt8
        select $"Slice of '{node.Input(0)}', which is uint8";

    private static IEnumerable<string> Shapes(GraphFile graph)
    {
        var floats = graph.Description.Inputs
            .Where(input => input.ElementType is ElementType.Float or ElementType.Float16 or ElementType.Double)
            .Select(input => input.Name).ToHashSet();
        var found = new HashSet<string>();
        foreach (var node in graph.Nodes)
        {
            foreach (var operand in ShapeOperands.GetValueOrDefault(node.Operator, []))
            {
                foreach (var input in InputsBehind(graph, node.Input(operand), []).Where(floats.Contains))
                    found.Add($"values of float input '{input}' decide a shape ({node.Operator})");
            }
        }

        return found;
    }

    /// <summary>Model inputs whose values, not only whose sizes, a tensor is computed from.</summary>
    private static IEnumerable<string> InputsBehind(GraphFile graph, string tensor, HashSet<string> seen)
    {
        if (tensor.Length == 0 || !seen.Add(tensor)) return [];
        return graph.MakerOf(tensor) switch
        {
            null => [tensor],
            { Operator: "Shape" or "Size" or "Constant" } => [],
            var node => node.Inputs.SelectMany(input => InputsBehind(graph, input, seen)),
        };
    }

    private static ElementType TypeOf(GraphFile graph, string tensor, HashSet<string> seen)
    {
        if (!seen.Add(tensor)) return ElementType.Undefined;
        if (graph.ConstantOf(tensor) is { } constant) return constant.Type;
        return graph.MakerOf(tensor) switch
        {
            null => graph.Description.Inputs.FirstOrDefault(input => input.Name == tensor)?.ElementType
                ?? ElementType.Undefined,
            { Operator: "Cast" } node => node.To,
            { Operator: "QuantizeLinear" } node =>
                node.Input(2).Length == 0 ? ElementType.UInt8 : TypeOf(graph, node.Input(2), seen),
            var node => KeepTheType.Contains(node.Operator) ? TypeOf(graph, node.Input(0), seen) : ElementType.Undefined,
        };
    }
}
