extern alias generator;

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using generator::TrtBindings.Generators.Analyzers;

namespace TrtBindings.Generators.Tests;

/// <summary>Runs the analyzers over a consumer and the code generated for it.</summary>
internal static class AnalyzerRun
{
    /// <summary>Diagnostics of all analyzers, ordered by location. A failure of an analyzer is one of them.</summary>
    public static Diagnostic[] Of(GeneratorRun run)
    {
        var options = new AnalyzerOptions(ImmutableArray.CreateRange(run.Texts), run.Options);
        var found = run.Output
            .WithAnalyzers([new ConstantAnalyzer(), new RangeAnalyzer(), new PresetAnalyzer(), new EngineAnalyzer()], options)
            .GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        TestOptions.CheckLinks(found);
        return [.. found
            .OrderBy(d => d.Location.GetLineSpan().Path, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan.Start)];
    }

    /// <summary>Warnings and errors of a build with analyzers, the compiler's too, that are not suppressed.</summary>
    public static string[] Build(GeneratorRun run)
    {
        var options = new AnalyzerOptions(ImmutableArray.CreateRange(run.Texts), run.Options);
        var all = run.Output.WithAnalyzers([new EngineAnalyzer(), new EngineSuppressor()], options)
            .GetAllDiagnosticsAsync().GetAwaiter().GetResult();
        return [.. all.Where(d => d.Severity > DiagnosticSeverity.Info && !d.IsSuppressed)
            .Select(d => $"{d.Id} {d.GetMessage()}")];
    }

    /// <summary>Those that fail a build, as <c>TRTB0300 text</c>.</summary>
    public static string[] Errors(GeneratorRun run) => [.. Of(run)
        .Where(d => d.Severity > DiagnosticSeverity.Info).Select(d => $"{d.Id} {d.GetMessage()}")];
}
