using TrtBindings.Backends;

namespace TrtBindings.TensorRT.Building;

/// <summary>The first value of a model that is known to stray, and what is said about it.</summary>
/// <param name="nodes">The model; <see langword="null"/> if it could not be read.</param>
/// <param name="value">The value.</param>
/// <param name="problem">What is beyond the tolerance; empty for the output that the error names already.</param>
internal sealed class LayerPlace(ModelNodes? nodes, string value, string problem)
{
    /// <summary>The value that strays.</summary>
    public string Value => value;

    private ListedNode? Maker => nodes?.MakerOf(value);

    private string NodeName => Maker is null ? "" : Maker.Name.Length > 0 ? Maker.Name : Maker.Operator;

    private string NodeText => Maker is null ? $"the node of '{value}'" : Maker.Name.Length > 0
        ? $"{Maker.Name} ({Maker.Operator})" : $"the {Maker.Operator} that makes '{value}'";

    private string StrayText => problem.Length == 0
        ? $"its value is the output '{value}'" : $"its value '{value}' strays: {problem}";

    /// <summary>Values before it that agree, and all that those are computed from.</summary>
    public HashSet<string> Settled(IEnumerable<string> agreeing)
    {
        if (nodes is null) return [];
        var before = nodes.Before(value);
        string[] own = [.. agreeing.Where(before.Contains)];
        var settled = nodes.Before(own);
        settled.UnionWith(own);
        return settled;
    }

    /// <summary>No value between can be compared any more.</summary>
    public LayerSearchResult Found(IReadOnlyCollection<string> agreeing, NetworkValues values, int builds)
    {
        var between = Between(agreeing, values);
        var isExact = between.Length == 0;
        var meant = isExact ? $"The first layer that strays is {NodeText}" : $"The first value that strays is that of {NodeText}";
        var others = isExact ? ""
            : $" {between.Length} nodes between are not compared by themselves, {Text(between[0])} the first of them.";
        var agree = isExact && Last(agreeing).Length == 0 ? "It reads inputs of the model only." : AgreeText(agreeing);
        return Result($"{meant}; {StrayText}. {agree}{others}{BuildsText(builds)}", agreeing, builds) with
        {
            IsExact = isExact,
        };
    }

    /// <summary>The bound was reached.</summary>
    public LayerSearchResult Bounded(IReadOnlyCollection<string> agreeing, int open, int builds) => Result(
        $"The layer that strays is {NodeText} or one of those that make the {open} values before it; {StrayText}. "
        + $"{AgreeText(agreeing)}{BuildsText(builds)} More builds than ParityOptions.LayerSearchBuilds would find it.",
        agreeing, builds);

    /// <summary>With these values as outputs, nothing strays.</summary>
    public LayerSearchResult Vanished(IReadOnlyCollection<string> agreeing, string[] marks, int builds)
    {
        var what = $"With {marks.Length} values between its layers as further outputs ('{marks[0]}' to '{marks[^1]}') the engine "
            + "answers as the reference does: the fault vanishes when these layers are not fused with each other, or was one of "
            + "the build before.";
        return problem.Length == 0 && Last(agreeing).Length == 0
            ? new($"The layer that strays was not found. {what}{BuildsText(builds)}", builds)
            : Result($"Up to {NodeText} something strays; {StrayText}. {AgreeText(agreeing)} {what}{BuildsText(builds)}",
                agreeing, builds);
    }

    /// <summary>A build or a run failed.</summary>
    public LayerSearchResult Stopped(IReadOnlyCollection<string> agreeing, string why, int builds)
    {
        var what = $"The search for the layer that strays ended early: {why.TrimEnd('.')}.";
        return problem.Length == 0 && Last(agreeing).Length == 0 ? new($"{what}{BuildsText(builds)}", builds)
            : Result($"Up to {NodeText} something strays; {StrayText}. {AgreeText(agreeing)} {what}{BuildsText(builds)}",
                agreeing, builds);
    }

    private LayerSearchResult Result(string finding, IReadOnlyCollection<string> agreeing, int builds) => new(finding, builds)
    {
        Node = NodeName, Tensor = value, LastAgreeing = Last(agreeing),
    };

    /// <summary>Nodes between what agrees and this value. Those that only make integers stray with their inputs.</summary>
    private ListedNode[] Between(IReadOnlyCollection<string> agreeing, NetworkValues values)
    {
        if (nodes is null) return [];
        var open = nodes.Before(value);
        open.ExceptWith(Settled(agreeing));
        return [.. open.Where(nodes.IsComputed).Where(one => values.Find(one) is not { IsFloat: false })
            .OrderBy(nodes.PlaceOf).Select(nodes.MakerOf).OfType<ListedNode>().Where(node => node != Maker).Distinct()];
    }

    private string Last(IReadOnlyCollection<string> agreeing)
    {
        if (nodes is null) return "";
        var before = nodes.Before(value);
        return agreeing.Where(before.Contains).MaxBy(nodes.PlaceOf) ?? "";
    }

    private string AgreeText(IReadOnlyCollection<string> agreeing) => Last(agreeing) is { Length: > 0 } last
        ? $"The last value before it that agrees is '{last}' of {Text(nodes!.MakerOf(last)!)}."
        : "No value before it was found to agree.";

    private static string BuildsText(int builds) => builds switch
    {
        0 => "",
        1 => " (1 further build.)",
        _ => $" ({builds} further builds.)",
    };

    private static string Text(ListedNode node) =>
        node.Name.Length > 0 ? $"{node.Name} ({node.Operator})" : $"a node without a name ({node.Operator})";
}
