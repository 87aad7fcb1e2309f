using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Analyzers;

/// <summary>Reports a constant, with the replacement for the code fix.</summary>
internal static class Findings
{
    public static void Report(
        OperationAnalysisContext context, DiagnosticRule rule, SyntaxNode syntax, long? nearest,
        params string[] arguments)
    {
        var properties = nearest is { } right
            ? ImmutableDictionary<string, string?>.Empty.Add(ConstantIds.Replacement, Literals.Number(right))
            : ImmutableDictionary<string, string?>.Empty;
        context.ReportDiagnostic(Diagnostic.Create(
            rule.OnDisk(context.Options), syntax.GetLocation(), properties, [.. arguments.Select(object (a) => a)]));
    }
}
