using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TrtBindings.Generators.Analyzers;

/// <summary>
/// Hides the compiler's warning about the overloads that <see cref="EngineAnalyzer"/> reports. It is there for builds without
/// analyzers.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EngineSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor Obsolete =
        new("TRTS0311", "CS0618", "TRTB0311 says it as an error, and names the engine that takes the model.");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = ImmutableArray.Create(Obsolete);

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree) continue;
            var node = tree.GetRoot(context.CancellationToken)
                .FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call) continue;
            var symbol = context.GetSemanticModel(tree).GetSymbolInfo(call, context.CancellationToken).Symbol;
            if (symbol is IMethodSymbol method && EngineAnalyzer.IsForAnyObject(method))
                context.ReportSuppression(Suppression.Create(Obsolete, diagnostic));
        }
    }
}
