using System.Globalization;
using TrtBindings.Graphs.Structure;
using TrtBindings.Graphs.Types;

namespace TrtBindings.Graphs.Conversion;

/// <summary>Decides for each node whether it computes in the new type, or why not.</summary>
internal sealed class PrecisionPlan
{
    /// <summary>Control flow is converted as a whole: what its graphs take and give has the new type.</summary>
    private static readonly string[] ControlFlow = ["If", "Loop", "Scan"];

    private readonly Draft _draft;
    private readonly ElementType _type;
    private readonly ConversionOptions _options;
    private readonly TensorRanges _constants;
    private readonly IReadOnlyDictionary<Value, float> _measured;
    private readonly IReadOnlySet<Node> _placed;
    private readonly HashSet<Node> _indexes;
    private readonly Dictionary<Node, string> _kept = [];
    private readonly HashSet<Value> _outOfRange = [];
    private readonly NodeKinds _kinds;

    /// <param name="draft">The model, with types as the file has them.</param>
    /// <param name="type">The new type.</param>
    /// <param name="options">What the caller wants to keep.</param>
    /// <param name="constants">For ranges of constants.</param>
    /// <param name="measured">The largest magnitude of values that were measured.</param>
    /// <param name="placed">Nodes of a quantization, which are converted whatever their scales are.</param>
    public PrecisionPlan(
        Draft draft, ElementType type, ConversionOptions options, TensorRanges constants,
        IReadOnlyDictionary<Value, float> measured, IReadOnlySet<Node>? placed = null)
    {
        (_draft, _type, _options, _constants, _measured) = (draft, type, options, constants, measured);
        _placed = placed ?? new HashSet<Node>();
        _indexes = IndexArithmetic.Find(draft.Main);
        _kinds = new(draft.Main);
        Decide(draft.Main, null);
    }

    /// <summary>Nodes that keep their type, with the reason.</summary>
    public IReadOnlyDictionary<Node, string> Kept => _kept;

    /// <summary>True for the types that are converted.</summary>
    public bool Converts(ElementType type) =>
        type == ElementType.Float || (type == ElementType.Float16 && _type == ElementType.BFloat16);

    /// <summary>True for nodes that take or give such a type.</summary>
    public bool IsConcerned(Node node) => node.AllInputs().Concat(node.Outputs.OfType<Value>())
        .Any(value => Converts(value.Type));

    private void Decide(Graph graph, string? outer)
    {
        foreach (var node in graph.Nodes)
        {
            var reason = !IsConcerned(node) ? null : outer ?? ReasonOf(node);
            if (reason is not null) _kept[node] = reason;
            foreach (var subgraph in node.Subgraphs)
                Decide(subgraph, reason is null ? null : $"is in {node}, which stays as it is");
        }
    }

    private string? ReasonOf(Node node)
    {
        // Their readers would not be fused with them.
        if (_placed.Contains(node)) return null;
        if (_options.KeepOperators.Contains(node.Operator)) return "asked for by operator";
        if (_options.KeepNodes.Any(pattern => OptionNames.IsMatch(pattern, node))) return "asked for by name";
        var isAsked = _options.ConvertOperators.Contains(node.Operator);
        if (!isAsked && node.Domain.Length == 0 && ConversionOptions.DefaultKeptOperators.TryGetValue(node.Operator, out var why))
            return why;
        if (!isAsked && ReleaseTable.Find(_type, _options.TensorRtReleases, _options.ComputeCapability,
            kind => _kinds.IsOf(node, kind)) is { } row) return row.Reason;
        return TypeReason(node) ?? (!isAsked && _indexes.Contains(node) ? "computes with numbers that were integers" : null)
            ?? (_type == ElementType.Float16 ? RangeReason(node) : null);
    }

    private string? TypeReason(Node node)
    {
        if (node.Domain.Length > 0) return $"what the domain {node.Domain} takes is not known";
        if (ControlFlow.Contains(node.Operator))
            return _type == ElementType.BFloat16 && _draft.Opset < 16 ? NoForm(node) : null;
        if (node.Operator is "Cast" or "Constant" or "ConstantOfShape" or "Shape" or "Size") return null;
        if (OperatorTable.Find(node.Domain, node.Operator) is not { } rule
            || !rule.Takes(_type, _draft.Opset)) return NoForm(node);
        // One type for all inputs that share one. An unknown one could be something else.
        var types = node.Inputs.Where((input, i) => input is not null && rule.Input(i) == 'T').Select(input => input!.Type)
            .Distinct();
        return types.ToList() is [var one] && Converts(one) ? null : "has inputs of other types";
    }

    private string NoForm(Node node) =>
        $"{node.Operator} has no {_type.OnnxName()} in operator set {_draft.Opset.ToString(CultureInfo.InvariantCulture)}";

    private string? RangeReason(Node node)
    {
        // A step of 8 bits is far above what FP16 loses of small numbers.
        var isQuantized = node.Inputs.Count > 1 && node.Inputs[1]?.Producer is { } weights && _placed.Contains(weights);
        foreach (var input in node.Inputs.OfType<Value>().Where(input => input.IsConstant && Converts(input.Type)))
        {
            if (IsFixed(node, input)) continue;
            var max = _constants.MaxOf(input.Initializer!, _draft.DataOf(input.Initializer!));
            if (Fits(max, isQuantized)) continue;
            // What is made with it has no place in FP16 either: a mask of -1e9 on scores, for example.
            if (max > HalfRange.Largest) _outOfRange.UnionWith(node.Outputs.OfType<Value>());
            return $"its constant '{input.Name}' {Text(max)}";
        }

        var values = node.Inputs.Where(input => input is not null && !IsFixed(node, input)).Concat(node.Outputs).OfType<Value>();
        foreach (var value in values)
        {
            if (_measured.TryGetValue(value, out var max) && !Fits(max, isQuantized)) return $"'{value.Name}' {Text(max)}";
            if (_outOfRange.Contains(value)
                && value.Producer != node) return $"'{value.Name}' is made with a constant beyond FP16";
        }

        return null;
    }

    /// <summary>True for inputs that have a type of their own whatever the node computes in.</summary>
    private static bool IsFixed(Node node, Value input) => OperatorTable.Find(node.Domain, node.Operator) is { } rule
        && node.Inputs.Select((value, i) => (value, letter: rule.Input(i)))
            .All(one => one.value != input || one.letter is 'F' or '.');

    private static bool Fits(float max, bool evenIfSmall) =>
        max == 0 || (max <= HalfRange.Largest && (evenIfSmall || max >= HalfRange.SmallestNormal));

    private static string Text(float max) => max > HalfRange.Largest
        ? string.Create(CultureInfo.InvariantCulture, $"reaches {max:G4}, and FP16 ends at {HalfRange.Largest}")
        : string.Create(CultureInfo.InvariantCulture,
            $"reaches only {max:G4}, and FP16 is full from {HalfRange.SmallestNormal:G4} on");
}
