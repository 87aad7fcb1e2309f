extern alias generator;

using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace TrtBindings.Generators.Tests;

/// <summary>The code that <see cref="CompilerHost"/> runs inside its load context. Only strings go in and out.</summary>
internal static class HostedGeneration
{
    /// <summary>Index of the first result that does not depend on where the generator ran.</summary>
    public const int Results = 3;

    /// <summary>
    /// The compiler's version, the name of the context that the generator is in and the generator's file; from
    /// <see cref="Results"/> on what was reported, what the analyzers found, what the consumer's compilation as C# 12 found, and
    /// what was generated.
    /// </summary>
    public static string[] Run(string[] models, params string[] sources)
    {
        var run = GeneratorRun.Of(models, "MyApp", sources: sources);
        var version = typeof(Compilation).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()!.Version;
        var generator = typeof(generator::TrtBindings.Generators.OnnxGenerator).Assembly;
        return
        [
            version, AssemblyLoadContext.GetLoadContext(generator)!.Name ?? "", generator.Location,
            .. run.Result.Diagnostics.Select(d => $"reported: {d.Id} {d.GetMessage()}"),
            .. AnalyzerRun.Of(run).Select(d => $"analyzed: {d.Id} {d.GetMessage()}"),
            .. run.Problems.Select(p => $"problem: {p}"),
            .. run.Result.GeneratedSources.Select(s => $"source: {s.HintName}\n{s.SourceText}"),
        ];
    }
}
