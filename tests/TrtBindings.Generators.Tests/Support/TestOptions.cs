using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TrtBindings.Generators.Tests;

/// <summary>The options that the build gives the compiler: the root namespace, and the metadata of each model.</summary>
/// <param name="rootNamespace">The project's root namespace.</param>
/// <param name="targets">Where the build copies models, by path.</param>
/// <param name="metadata">Further metadata of models, by path and name.</param>
/// <param name="hasClasses">True if the build says that it writes the classes itself.</param>
internal sealed class TestOptions(
    string? rootNamespace, IReadOnlyDictionary<string, string> targets,
    IReadOnlyDictionary<string, Dictionary<string, string>>? metadata = null, bool hasClasses = false)
    : AnalyzerConfigOptionsProvider
{
    /// <summary>Where the build says that the pages of the diagnostics are.</summary>
    private static readonly string Pages = Path.GetFullPath("pages");

    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(
        new[] { ("TrtDiagnosticPages", Pages), ("RootNamespace", rootNamespace), ("TrtEmitSource", hasClasses ? "true" : null) }
            .Where(property => property.Item2 is not null)
            .ToDictionary(property => "build_property." + property.Item1, property => property.Item2!));

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Options([]);

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile)
    {
        const string Prefix = "build_metadata.AdditionalFiles.";
        var own = metadata?.GetValueOrDefault(textFile.Path) ?? [];
        var values = own.ToDictionary(m => Prefix + m.Key, m => m.Value);
        if (targets.TryGetValue(textFile.Path, out var target)) values[Prefix + "TrtTargetPath"] = target;
        return new Options(values);
    }

    /// <summary>The link of each diagnostic of this library is its page in the folder that the build names.</summary>
    public static void CheckLinks(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics.Where(d => d.Id.StartsWith("TRTB", StringComparison.Ordinal)))
            new Uri(diagnostic.Descriptor.HelpLinkUri).LocalPath.ShouldBe(Path.Combine(Pages, diagnostic.Id + ".md"));
    }

    private sealed class Options(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) =>
            values.TryGetValue(key, out value);
    }
}
