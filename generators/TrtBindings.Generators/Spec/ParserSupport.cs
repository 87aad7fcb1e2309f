using System.Globalization;

namespace TrtBindings.Generators.Spec;

/// <summary>The operators, types and opsets that the parser of one TensorRT major accepts, read from a data file.</summary>
internal sealed class ParserSupport
{
    private readonly HashSet<string> _operators = new(StringComparer.Ordinal);
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);
    private readonly HashSet<string> _plugins = new(StringComparer.Ordinal);

    private ParserSupport(string major)
    {
        Major = major;
        foreach (var words in Lines($"TensorRt{major}.txt"))
        {
            switch (words[0])
            {
                case "operators:": _operators.UnionWith(words.Skip(1)); break;
                case "plugins:": _plugins.UnionWith(words.Skip(1)); break;
                case "types:": _types.UnionWith(words.Skip(1)); break;
                case "opset:": (MinimumOpset, MaximumOpset) = (Number(words[1]), Number(words[2])); break;
            }
        }
    }

    /// <summary>The lists of every major in the table of releases, in order.</summary>
    public static IReadOnlyList<ParserSupport> All => Lists.Value;

    private static readonly Lazy<ParserSupport[]> Lists = new(() =>
    [
        .. Lines("releases.txt").Where(words => words[0] == "major").Select(words => words[1])
            .OrderBy(Number).Select(major => new ParserSupport(major)),
    ]);

    public string Major { get; }

    public long MinimumOpset { get; }

    public long MaximumOpset { get; }

    public IReadOnlyCollection<string> Operators => _operators;

    /// <summary>Whether NVIDIA's own plug-in library, libnvinfer_plugin, brings an operator.</summary>
    public bool HasPlugin(string operatorName) => _plugins.Contains(operatorName);

    /// <summary>Whether the precision can be asked for at a build, by the table of releases.</summary>
    public bool HasWeakTyping => Lines("releases.txt").Any(words => words is ["feature", "WeakTyping", var first, var last, ..]
        && Number(first.Split('.')[0]) <= Number(Major) && (last == "-" || Number(last.Split('.')[0]) >= Number(Major)));

    public bool Takes(string operatorName) => _operators.Contains(operatorName);

    public bool Takes(ElementType type) => _types.Contains(type.OnnxName());

    public bool TakesOpset(long version) => version >= MinimumOpset && version <= MaximumOpset;

    /// <summary>The lines of a data file in this assembly, as words; comments and empty lines are left out.</summary>
    private static IEnumerable<string[]> Lines(string resource)
    {
        using var reader = new StreamReader(typeof(ParserSupport).Assembly.GetManifestResourceStream(resource)!);
        while (reader.ReadLine() is { } line)
        {
            var words = line.Split([' '], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && !words[0].StartsWith("#", StringComparison.Ordinal)) yield return words;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
