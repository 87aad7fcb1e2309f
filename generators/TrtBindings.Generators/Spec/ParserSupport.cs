using System.Globalization;

namespace TrtBindings.Generators.Spec;

/// <summary>The operators, types and opsets that the parser of one TensorRT major accepts, read from a data file.</summary>
internal sealed class ParserSupport
{
    private readonly HashSet<string> _operators = new(StringComparer.Ordinal);
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);

    private ParserSupport(string major)
    {
        Major = major;
        var assembly = typeof(ParserSupport).Assembly;
        using var reader = new StreamReader(assembly.GetManifestResourceStream($"TensorRt{major}.txt")!);
        while (reader.ReadLine() is { } line)
        {
            var words = line.Split([' '], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0) continue;
            switch (words[0])
            {
                case "operators:": _operators.UnionWith(words.Skip(1)); break;
                case "types:": _types.UnionWith(words.Skip(1)); break;
                case "opset:": (MinimumOpset, MaximumOpset) = (Number(words[1]), Number(words[2])); break;
            }
        }
    }

    /// <summary>The lists of both majors.</summary>
    public static IReadOnlyList<ParserSupport> All => Lists.Value;

    private static readonly Lazy<ParserSupport[]> Lists = new(() => [new("10"), new("11")]);

    public string Major { get; }

    public long MinimumOpset { get; }

    public long MaximumOpset { get; }

    public IReadOnlyCollection<string> Operators => _operators;

    public bool Takes(string operatorName) => _operators.Contains(operatorName);

    public bool Takes(ElementType type) => _types.Contains(type.OnnxName());

    public bool TakesOpset(long version) => version >= MinimumOpset && version <= MaximumOpset;

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
