using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TrtBindings.Internal.Generators.Ranks;

/// <summary>
/// Writes the tensor types of every rank from the templates in src/TrtBindings/Tensors/Ranks. The README there explains
/// the placeholders.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class RankGenerator : IIncrementalGenerator
{
    /// <summary>Name of the step that reads a template.</summary>
    internal const string ReadStep = "ReadTemplate";

    private const string Extension = ".cs.template";

    // RS2008: the analyzer release files tell users about rules, and no user ever sees this one.
#pragma warning disable RS2008
    private static readonly DiagnosticDescriptor Defect = new(
        "TRTI0001", "Wrong template", "{0}", "Templates", DiagnosticSeverity.Error, isEnabledByDefault: true);
#pragma warning restore RS2008

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Keyed by name and text, so that an edit of one template rewrites the files of that template only.
        var templates = context.AdditionalTextsProvider
            .Where(static file => file.Path.EndsWith(Extension, StringComparison.Ordinal))
            .Select(static (file, token) => (file.Path, Text: file.GetText(token)?.ToString() ?? ""))
            .WithTrackingName(ReadStep);
        context.RegisterSourceOutput(templates, static (output, template) => Write(output, template.Path, template.Text));
    }

    private static void Write(SourceProductionContext output, string path, string text)
    {
        try
        {
            foreach (var (name, source) in RankTemplate.Parse(text).Expand())
                output.AddSource(name + ".g.cs", SourceText.From(source, Encoding.UTF8));
        }
        catch (FormatException wrong)
        {
            output.ReportDiagnostic(Diagnostic.Create(Defect, Location.Create(path, default, default), wrong.Message));
        }
    }
}
