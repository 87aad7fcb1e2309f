using TrtBindings.Graphs.Conversion;
using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Quantization;

/// <summary>
/// Decides which nodes of a model compute in INT8 or FP8, and which values are quantized for them. Only the main graph: what is
/// inside If, Loop and Scan is not calibrated.
/// </summary>
internal sealed class QuantizationPlan
{
    /// <summary>The first operator set in which DequantizeLinear has an axis.</summary>
    private const int PerChannelOpset = 13;

    /// <summary>The first operator set in which scales can be FP16, and values FP8.</summary>
    private const int HalfScalesOpset = 19;

    /// <summary>The first operator set in which convolutions take BF16.</summary>
    private const int BFloat16Opset = 22;

    private readonly QuantizationOptions _options;
    private readonly Placement _placement;
    private readonly List<WeightedNode> _layers = [];
    private readonly Dictionary<Node, string> _kept;

    private QuantizationPlan(Draft draft, QuantizationOptions options, int folded)
    {
        (_options, FoldedBatchNormalizations) = (options, folded);
        var uses = new Uses(draft.Main);
        var activations = new Activation(draft.Main, uses);
        var match = HeadScope.FamilyOf(draft, options.Task);
        Family = match?.Rule.Task;
        _kept = new(HeadScope.Find(draft, activations, match));
        foreach (var node in draft.Main.Nodes) Decide(draft, node, activations);
        foreach (var node in draft.Main.Nodes.Where(node => node.Subgraphs.Count > 0)) KeepInside(node);
        Kept =
        [
            .. draft.Main.All().SelectMany(graph => graph.Nodes).Where(_kept.ContainsKey)
                .Select(node => new KeptNode(node.DisplayName, node.Operator, _kept[node])),
        ];
        _placement = new(draft.Main, uses, activations, _layers, _kept, options);
        Tensors = [.. _placement.Values.Select(one => one.Value.Name)];
        Shared = _placement.Values.ToDictionary(one => one.Value.Name, one => one.Group.Value.Name);
    }

    /// <summary>Word for the family whose head is kept; <see langword="null"/> if none is recognized.</summary>
    public string? Family { get; }

    /// <summary>
    /// Names of the values that need a range, in the order in which the graph makes them. They are the names of the model after
    /// <see cref="Make"/>.
    /// </summary>
    public IReadOnlyList<string> Tensors { get; }

    /// <summary>The name of one of the tensors that have one scale, the same for all of them, by the name of each.</summary>
    public IReadOnlyDictionary<string, string> Shared { get; }

    /// <summary>Nodes that compute with quantized inputs.</summary>
    public int QuantizedNodes => _layers.Count;

    /// <summary>Nodes that could have been quantized or belong to a head, each with the reason why they are not.</summary>
    public IReadOnlyList<KeptNode> Kept { get; }

    /// <summary>BatchNormalization nodes that went into the convolution before them.</summary>
    public int FoldedBatchNormalizations { get; }

    /// <summary>
    /// Raises the operator set as far as the types need it, folds batch normalizations, and decides. The draft can be written and
    /// run afterwards: it still is the model of the file.
    /// </summary>
    /// <param name="draft">The model.</param>
    /// <param name="options">How.</param>
    /// <param name="checkNames">False for a second try with names that are not of the caller.</param>
    /// <exception cref="ModelOptionException">
    /// A pattern or an operator that no node has, or a type that is none for this.
    /// </exception>
    /// <exception cref="ModelConversionException">The operator set cannot be raised.</exception>
    public static QuantizationPlan Make(Draft draft, QuantizationOptions options, bool checkNames = true)
    {
        if (options.Type is not (ElementType.Int8 or ElementType.Float8E4M3FN))
            throw Wrong(nameof(options.Type), options.Type, "Int8 or Float8E4M3FN");
        if (options.Rest is not (ElementType.Float or ElementType.Float16 or ElementType.BFloat16))
            throw Wrong(nameof(options.Rest), options.Rest, "Float16, BFloat16 or Float");
        var names = new OptionNames(draft, options);
        OpsetRaise.To(draft, options.Rest == ElementType.BFloat16 ? BFloat16Opset
            : options.Rest == ElementType.Float && options.Type == ElementType.Int8 && !HasHalf(draft) ? PerChannelOpset
            : HalfScalesOpset);
        var folded = BatchNormFolding.Fold(draft, options);
        if (checkNames) names.Check();
        return new(draft, options, folded);
    }

    /// <summary>
    /// Writes QuantizeLinear and DequantizeLinear nodes and weights of 8 bits, then converts the rest to
    /// <see cref="QuantizationOptions.Rest"/>.
    /// </summary>
    /// <param name="draft">The draft of <see cref="Make"/>.</param>
    /// <param name="amaxByTensor">The largest magnitude of each of <see cref="Tensors"/> that is to be kept.</param>
    /// <param name="constants">For ranges of constants.</param>
    /// <param name="measured">The largest magnitude of values that were measured, for the rest in FP16; may be empty.</param>
    public QuantizationResult Rewrite(
        Draft draft, IReadOnlyDictionary<string, float> amaxByTensor, TensorRanges constants,
        IReadOnlyDictionary<Value, float> measured)
    {
        var rewriter = new QuantizationRewriter(draft, _options);
        rewriter.Rewrite(_placement.Values, _layers, amaxByTensor);
        if (_options.Rest == ElementType.Float)
        {
            CastCleanup.Run(draft);
            return new(0, [], 0);
        }

        var plan = new PrecisionPlan(draft, _options.Rest, _options, constants, measured, rewriter.Placed);
        var rest = new PrecisionRewriter(draft, _options.Rest, plan);
        rest.Rewrite(_options);
        return new(rest.Converted,
            [.. plan.Kept.Select(one => new KeptNode(one.Key.DisplayName, one.Key.Operator, one.Value))], rest.Casts);
    }

    private void Decide(Draft draft, Node node, Activation activations)
    {
        if (ReasonByOption(node) is { } asked)
        {
            if (node.Outputs.OfType<Value>().Any(output => ConvertedData.IsFloat(output.Type))) _kept[node] = asked;
            return;
        }

        if (!WeightedNode.IsWeighted(node) || _kept.ContainsKey(node)) return;
        if (WeightedNode.Of(draft, node, _options.Type, out var reason) is not { } layer) _kept[node] = reason;
        else if (RowOf(node, activations) is { } row) _kept[node] = row.Reason;
        else _layers.Add(layer);
    }

    private ReleaseException? RowOf(Node node, Activation activations) =>
        ReleaseTable.Find(_options.Type, _options.TensorRtReleases, _options.ComputeCapability, kind =>
            kind == NodeKind.DepthwiseConvWithActivation && WeightedNode.IsDepthwise(node) && IsOnlyShared(node, activations));

    /// <summary>True where the activation is none of those that TensorRT puts into a depthwise convolution of INT8.</summary>
    private static bool IsOnlyShared(Node node, Activation activations) =>
        activations.LastOf(node.Result!) is { Operator: not ("Relu" or "Clip") };

    private string? ReasonByOption(Node node) =>
        _options.KeepOperators.Contains(node.Operator) || _options.RestOperators.Contains(node.Operator) ? "asked for by operator"
        : _options.KeepNodes.Concat(_options.RestNodes).Any(pattern => OptionNames.IsMatch(pattern, node)) ? "asked for by name"
        : null;

    private void KeepInside(Node outer)
    {
        foreach (var node in outer.Subgraphs.SelectMany(graph => graph.All()).SelectMany(graph => graph.Nodes))
            if (WeightedNode.IsWeighted(node)) _kept.TryAdd(node, $"is in {outer}, whose values are not calibrated");
    }

    private static bool HasHalf(Draft draft) =>
        draft.Main.Values().Any(value => value.Type is ElementType.Float16 or ElementType.BFloat16);

    private static ModelOptionException Wrong(string option, ElementType type, string right) =>
        new(option, $"QuantizationOptions.{option} is {type.OnnxName()}. Use {right}.");
}

/// <summary>What <see cref="QuantizationPlan.Rewrite"/> did to the rest of the model.</summary>
/// <param name="ConvertedNodes">Nodes that compute in the type of the rest.</param>
/// <param name="Kept">Nodes that stay in 32 bits, each with the reason.</param>
/// <param name="AddedCasts">Cast nodes that were added.</param>
internal sealed record QuantizationResult(int ConvertedNodes, IReadOnlyList<KeptNode> Kept, int AddedCasts);
