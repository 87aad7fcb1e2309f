extern alias generator;

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using generator::TrtBindings.Generators.Analyzers;

namespace TrtBindings.Generators.Tests;

/// <summary>What the analyzers say of a consumer and the code generated for it.</summary>
internal static class AnalyzerRun
{
    /// <summary>Findings of all analyzers, in the order of their places. An analyzer that fails is a finding too.</summary>
    public static Diagnostic[] Of(GeneratorRun run)
    {
        var options = new AnalyzerOptions(ImmutableArray.CreateRange(run.Texts), run.Options);
        return [.. run.Output.WithAnalyzers([new ConstantAnalyzer(), new RangeAnalyzer()], options)
            .GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult()
            .OrderBy(d => d.Location.GetLineSpan().Path, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan.Start)];
    }

    /// <summary>Those of them that fail a build, as <c>TRTB0300 text</c>.</summary>
    public static string[] Errors(GeneratorRun run) => [.. Of(run)
        .Where(d => d.Severity > DiagnosticSeverity.Info).Select(d => $"{d.Id} {d.GetMessage()}")];
}
