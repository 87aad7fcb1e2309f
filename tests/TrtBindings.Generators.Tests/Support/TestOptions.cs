using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TrtBindings.Generators.Tests;

/// <summary>What the build tells the compiler: the root namespace and where each model is copied to.</summary>
internal sealed class TestOptions(string? rootNamespace, IReadOnlyDictionary<string, string> targets)
    : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } =
        new Options(rootNamespace is null ? [] : new() { ["build_property.RootNamespace"] = rootNamespace });

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Options([]);

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Options(
        targets.TryGetValue(textFile.Path, out var target)
            ? new() { ["build_metadata.AdditionalFiles.TrtTargetPath"] = target }
            : []);

    private sealed class Options(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) =>
            values.TryGetValue(key, out value);
    }
}
