using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using TrtBindings.Generators.Diagnostics;

namespace TrtBindings.CodeFixes;

/// <summary>Replaces a constant that a tensor or model refuses by the nearest valid one.</summary>
/// <remarks>Not [Shared]: that needs one version of System.Composition, and there is no state to share.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class ConstantFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(ConstantIds.Index, ConstantIds.Slice, ConstantIds.Size, ConstantIds.Profile);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.TryGetValue(ConstantIds.Replacement, out var text)
                || !long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Use " + text,
                    token => ReplaceAsync(context.Document, diagnostic.Location.SourceSpan, number, token),
                    // Groups the occurrences for "fix all"; the numbers differ.
                    equivalenceKey: diagnostic.Id),
                diagnostic);
        }

        return Task.CompletedTask;
    }

    private static async Task<Document> ReplaceAsync(
        Document document, TextSpan span, long number, CancellationToken token)
    {
        var root = await document.GetSyntaxRootAsync(token).ConfigureAwait(false);
        if (root?.FindNode(span, getInnermostNodeForTie: true) is not ExpressionSyntax wrong) return document;
        // Parsed, so that the literal is an int where the compiler reads one.
        var right = SyntaxFactory.ParseExpression(number.ToString(CultureInfo.InvariantCulture)).WithTriviaFrom(wrong);
        return document.WithSyntaxRoot(root.ReplaceNode(wrong, right));
    }
}
