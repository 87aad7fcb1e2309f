using System.IO.Enumeration;
using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Conversion;

/// <summary>
/// Names of nodes and operators in options. One that the model does not have is refused: a slip of the pen would keep nothing,
/// and nobody would see it.
/// </summary>
/// <param name="draft">The model as the file has it; nodes that are changed or gone later count too.</param>
/// <param name="options">The options.</param>
internal sealed class OptionNames(Draft draft, ConversionOptions options)
{
    private readonly List<(string? Name, string Operator)> _nodes = NodesOf(draft);

    /// <summary>True for a node whose name is like a pattern.</summary>
    public static bool IsMatch(string pattern, Node node) => IsMatch(pattern, node.Proto.HasName ? node.Proto.Name : null);

    /// <summary>True for a node that stays as it is, so that it must not become part of another one.</summary>
    public static bool IsNamed(ConversionOptions options, Node node) =>
        options.OperatorsToKeep.Any(option => option.Names.Contains(node.Operator))
        || options.PatternsToKeep.Any(option => option.Names.Any(pattern => IsMatch(pattern, node)));

    /// <summary>Looks for every name, among the nodes of the file and those that took their place since.</summary>
    /// <exception cref="ModelOptionException">A pattern or an operator that no node has.</exception>
    public void Check()
    {
        _nodes.AddRange(NodesOf(draft));
        foreach (var (option, patterns) in options.PatternsToKeep) Patterns(patterns, option);
        foreach (var (option, operators) in options.OperatorsToKeep) Operators(operators, option);
        Operators(options.ConvertOperators, nameof(options.ConvertOperators));
    }

    private void Patterns(IReadOnlyCollection<string> patterns, string option)
    {
        var missing = patterns.FirstOrDefault(pattern => !_nodes.Exists(node => IsMatch(pattern, node.Name)));
        if (missing is null) return;
        var near = _nodes.Find(node => IsMatch(missing, node.Name, ignoreCase: true)).Name;
        throw new ModelOptionException(option, $"No node of '{draft.File.Path}' has a name like '{missing}'"
            + (near is null ? "" : $"; there is '{near}'") + ". Correct the pattern; * is any text, and case counts.");
    }

    private void Operators(IReadOnlyCollection<string> operators, string option)
    {
        if (operators.FirstOrDefault(name => !_nodes.Exists(node => node.Operator == name)) is not { } missing) return;
        var known = _nodes.Select(node => node.Operator).Distinct().Order(StringComparer.Ordinal);
        throw new ModelOptionException(option, $"No node of '{draft.File.Path}' has the operator '{missing}' of {option}. "
            + $"Correct it or leave it out; case counts. The model has {string.Join(", ", known)}.");
    }

    private static List<(string? Name, string Operator)> NodesOf(Draft draft) =>
        [.. draft.Main.All().SelectMany(graph => graph.Nodes)
            .Select(node => (node.Proto.HasName ? node.Proto.Name : null, node.Operator))];

    private static bool IsMatch(string pattern, string? name, bool ignoreCase = false) =>
        name is not null && FileSystemName.MatchesSimpleExpression(Escape(pattern), name, ignoreCase);

    /// <summary>
    /// Only * and ? have a meaning here; the matcher also has an escape character, which some node names contain.
    /// </summary>
    private static string Escape(string pattern) => pattern.Replace("\\", "\\\\", StringComparison.Ordinal);
}
