using TrtBindings.Graphs.Conversion;
using TrtBindings.Graphs.Structure;
using TrtBindings.ModelFiles.Families;

namespace TrtBindings.Graphs.Quantization;

/// <summary>
/// What the head of a model must keep: the last layer of each of its branches and all that is computed from there to the outputs.
/// The family says how far back that reaches; the place in the graph decides, never the operator alone.
/// </summary>
internal sealed class HeadScope
{
    private readonly Activation _activations;
    private readonly string _family;
    private readonly bool _goesOn;
    private readonly bool _onlyConvolutionsEnd;
    private readonly Dictionary<Node, string> _kept = [];
    private readonly HashSet<(Value, bool)> _seen = [];

    private HeadScope(Activation activations, FamilyMatch? match)
    {
        _activations = activations;
        _family = match?.Rule.Task ?? "";
        // Behind the last layer of a classifier or a segmentation are the features themselves.
        _goesOn = match is not null && match.Rule is not (ClassificationRule or SemanticSegmentationRule);
        _onlyConvolutionsEnd = match?.Rule is RtDetrRule;
    }

    /// <summary>The nodes of the head, each with the reason.</summary>
    public static IReadOnlyDictionary<Node, string> Find(Draft draft, Activation activations, FamilyMatch? match)
    {
        var scope = new HeadScope(activations, match);
        var waiting = new Stack<(Value Value, bool IsBehindLayer)>(draft.Main.Outputs.Select(output => (output, false)));
        while (waiting.TryPop(out var one))
        {
            if (!scope._seen.Add(one) || one.Value.Producer is not { } node) continue;
            if (node.Owner != draft.Main || !scope.Take(node, one.IsBehindLayer, out var isBehind)) continue;
            foreach (var input in Inputs(node)) waiting.Push((input, isBehind));
        }

        return scope._kept;
    }

    /// <summary>The family of the model in a file.</summary>
    /// <exception cref="ModelOptionException">The task that was asked for is none, or does not fit.</exception>
    public static FamilyMatch? FamilyOf(Draft draft, string? task)
    {
        if (task is not null && FamilyRules.Find(task) is null)
        {
            throw new ModelOptionException(nameof(QuantizationOptions.Task), $"'{task}' is no model family. Use one of "
                + $"{string.Join(", ", FamilyRules.Asked.Select(rule => rule.Task))}.");
        }

        try
        {
            using var stream = File.OpenRead(draft.File.Path);
            var model = OnnxModelReader.Read(stream);
            var match = FamilyRules.Match(model, ModelLabels.Of(model).Count, task ?? "");
            if (match?.Problem is not { } problem) return match;
            throw new ModelOptionException(nameof(QuantizationOptions.Task),
                $"'{draft.File.Path}' is no {task}: {problem}. Name the family that it is of, or leave Task out.");
        }
        catch (Exception e) when (e is OnnxFormatException or IOException or UnauthorizedAccessException)
        {
            // The reader that converts is more patient; a damaged file has no family.
            return null;
        }
    }

    /// <summary>Takes a node on the way back from an output.</summary>
    /// <returns>False where the head begins: the node is not of it.</returns>
    private bool Take(Node node, bool isBehindLayer, out bool isBehind)
    {
        isBehind = isBehindLayer || node.Subgraphs.Exists(graph => graph.All().Any(inner => inner.Nodes.Exists(IsLayer)));
        if (_activations.SourceOf(node)?.Producer is { } source && IsLayer(source) && Ends(source, isBehindLayer)) return false;
        if (!IsLayer(node))
        {
            if (IsFloat(node)) _kept.TryAdd(node, $"computes the results of {Name} from its last layers");
            return true;
        }

        if (Ends(node, isBehindLayer)) return false;
        _kept[node] = $"is a last layer of {Name}";
        isBehind = true;
        return _goesOn && !IsFeature(node);
    }

    /// <summary>True for a layer that is before the head.</summary>
    private bool Ends(Node layer, bool isBehindLayer) =>
        isBehindLayer ? !_goesOn || IsFeature(layer) : _onlyConvolutionsEnd && IsFeature(layer);

    /// <summary>True for a layer with an activation, whose results are features and not boxes or scores.</summary>
    private bool IsFeature(Node layer) => layer.Result is { } result && _activations.LastOf(result) is not null
        && (layer.Operator is "Conv" or "ConvTranspose" || !_onlyConvolutionsEnd);

    private string Name => _family.Length == 0 ? "the model, whose family is not known" : $"the head of {_family}";

    /// <summary>
    /// What a node computes with, also in its subgraphs. Sizes are no numbers of the head, and the features from which regions
    /// are cut are not of the head that chose the regions.
    /// </summary>
    private static IEnumerable<Value> Inputs(Node node)
    {
        var own = node.Operator switch
        {
            "Shape" or "Size" => [],
            "RoiAlign" or "MaxRoiPool" or "GridSample" => node.Inputs.Skip(1),
            _ => node.Inputs,
        };
        var inside = node.Subgraphs.SelectMany(graph => graph.Nodes.SelectMany(Inputs).Concat(graph.Outputs));
        return own.OfType<Value>().Concat(inside)
            .Where(value => value.Owner == node.Owner || node.Subgraphs.Count == 0);
    }

    private static bool IsLayer(Node node) => WeightedNode.IsWeighted(node)
        && node.Inputs.Count > 1 && node.Inputs[1] is { } weights
        && (weights.IsConstant || weights.Producer is { Operator: "DequantizeLinear" });

    private static bool IsFloat(Node node) => node.Outputs.Exists(output =>
        output?.Type is ElementType.Float or ElementType.Float16 or ElementType.BFloat16);
}
