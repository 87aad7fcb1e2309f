using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace TrtBindings.CodeFixes.Tests;

/// <summary>A consumer's only file in an editor's workspace, with what was generated beside it.</summary>
internal sealed class FixRun : IDisposable
{
    private static readonly ConstantFix Fix = new();

    private readonly AdhocWorkspace _workspace = new();
    private readonly Document _document;
    private readonly Diagnostic[] _findings;

    public FixRun(GeneratorRun run, string source)
    {
        _findings = AnalyzerRun.Of(run).Where(d => d.Severity == DiagnosticSeverity.Error).ToArray();
        var project = _workspace.AddProject("Consumer", LanguageNames.CSharp)
            .WithMetadataReferences(Compiler.References).WithParseOptions(Compiler.ParseOptions)
            .WithCompilationOptions(run.Output.Options);
        foreach (var generated in run.Result.GeneratedSources)
            project = project.AddDocument(generated.HintName, generated.SourceText).Project;
        _document = project.AddDocument("Use.cs", SourceText.From(source));
    }

    /// <summary>The file after the only fix of each finding in turn, last one first so that places stay right.</summary>
    public async Task<string> OneByOneAsync()
    {
        var document = _document;
        foreach (var finding in _findings.Reverse())
        {
            var actions = await ActionsAsync(document, finding);
            document = await ChangedAsync(document, actions.ShouldHaveSingleItem());
        }

        return (await document.GetTextAsync()).ToString();
    }

    /// <summary>The file after "fix all occurrences" of the finding that stands first.</summary>
    public async Task<string> AllAsync()
    {
        var key = (await ActionsAsync(_document, _findings[0])).Single().EquivalenceKey;
        var context = new FixAllContext(
            _document, Fix, FixAllScope.Document, key!, Fix.FixableDiagnosticIds, new Provider(_findings), default);
        var action = await Fix.GetFixAllProvider().GetFixAsync(context);
        return (await (await ChangedAsync(_document, action!)).GetTextAsync()).ToString();
    }

    /// <summary>Titles of the fixes that are offered.</summary>
    public async Task<string[]> TitlesAsync()
    {
        var titles = new List<string>();
        foreach (var finding in _findings) titles.AddRange((await ActionsAsync(_document, finding)).Select(a => a.Title));
        return [.. titles];
    }

    public int Findings => _findings.Length;

    public void Dispose() => _workspace.Dispose();

    private static async Task<List<CodeAction>> ActionsAsync(Document document, Diagnostic finding)
    {
        var actions = new List<CodeAction>();
        var tree = await document.GetSyntaxTreeAsync();
        var moved = Diagnostic.Create(
            finding.Descriptor, Location.Create(tree!, finding.Location.SourceSpan), finding.Properties);
        await Fix.RegisterCodeFixesAsync(new(document, moved, (action, _) => actions.Add(action), default));
        return actions;
    }

    private static async Task<Document> ChangedAsync(Document document, CodeAction action)
    {
        var operations = await action.GetOperationsAsync(default);
        var solution = operations.OfType<ApplyChangesOperation>().ShouldHaveSingleItem().ChangedSolution;
        return solution.GetDocument(document.Id)!;
    }

    /// <summary>What an editor gives to "fix all occurrences".</summary>
    private sealed class Provider(Diagnostic[] findings) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken token) =>
            MovedAsync(document, token);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken token) =>
            Task.FromResult(Enumerable.Empty<Diagnostic>());

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken token) =>
            Task.FromResult(Enumerable.Empty<Diagnostic>());

        private async Task<IEnumerable<Diagnostic>> MovedAsync(Document document, CancellationToken token)
        {
            var tree = await document.GetSyntaxTreeAsync(token);
            return findings.Select(f => Diagnostic.Create(
                f.Descriptor, Location.Create(tree!, f.Location.SourceSpan), f.Properties)).ToImmutableArray();
        }
    }
}
