using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using TrtBindings.Internal.Generators.TensorRt.Data;

namespace TrtBindings.Internal.Generators.TensorRt;

/// <summary>
/// Writes TensorRT's enums, call tables, callback tables and release table from the data files in native/tensorrt. The README
/// there explains the files. A line that cannot be used is a build error at that line.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class TensorRtGenerator : IIncrementalGenerator
{
    /// <summary>Name of the step that reads a data file.</summary>
    internal const string ReadStep = "ReadTensorRtData";

    private static readonly string[] FileNames = ["methods.txt", "enums.txt", "releases.txt"];

    // RS2008: the analyzer release files tell users about rules, and no user ever sees this one.
#pragma warning disable RS2008
    private static readonly DiagnosticDescriptor Defect = new(
        "TRTI0002", "Wrong TensorRT data", "{0}", "Data", DiagnosticSeverity.Error, isEnabledByDefault: true);
#pragma warning restore RS2008

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // The values are names and texts, so an edit anywhere else finds them unchanged and writes nothing.
        var files = context.AdditionalTextsProvider
            .Where(static file => FileNames.Contains(Path.GetFileName(file.Path)))
            .Select(static (file, token) => (file.Path, Text: file.GetText(token)?.ToString() ?? ""))
            .WithTrackingName(ReadStep);
        var all = files.Where(static file => file.Path.EndsWith("methods.txt", StringComparison.Ordinal)).Collect()
            .Combine(files.Where(static file => file.Path.EndsWith("enums.txt", StringComparison.Ordinal)).Collect())
            .Combine(files.Where(static file => file.Path.EndsWith("releases.txt", StringComparison.Ordinal)).Collect());
        context.RegisterSourceOutput(all, static (output, files) =>
        {
            var ((methods, enums), releases) = files;
            if (methods.Length == 1 && enums.Length == 1 && releases.Length == 1)
                Write(output, methods[0], enums[0], releases[0]);
        });
    }

    private static void Write(
        SourceProductionContext output, (string Path, string Text) methods, (string Path, string Text) enums,
        (string Path, string Text) releases)
    {
        List<TableError> inMethods = [], inEnums = [], inReleases = [];
        var data = new TensorRtData(
            MethodTable.Parse(methods.Text, inMethods), EnumTable.Parse(enums.Text, inEnums, out var majors),
            ReleaseTable.Parse(releases.Text, inReleases));
        data.Check(majors, inMethods, inEnums);
        Report(output, methods, inMethods);
        Report(output, enums, inEnums);
        Report(output, releases, inReleases);
        if (inMethods.Count + inEnums.Count + inReleases.Count > 0) return;
        foreach (var (name, source) in EnumWriter.Write(data).Concat(CallWriter.Write(data)).Concat(SlotWriter.Write(data))
            .Concat(CallbackWriter.Write(data)).Concat(ReleaseWriter.Write(data)))
            output.AddSource($"{name}.g.cs", SourceText.From(source, Encoding.UTF8));
    }

    private static void Report(SourceProductionContext output, (string Path, string Text) file, List<TableError> errors)
    {
        foreach (var error in errors)
        {
            var lines = SourceText.From(file.Text).Lines;
            var at = lines[Math.Min(error.Line, lines.Count - 1)];
            var span = new LinePositionSpan(new(error.Line, 0), new(error.Line, at.End - at.Start));
            output.ReportDiagnostic(Diagnostic.Create(Defect, Location.Create(file.Path, at.Span, span), error.Message));
        }
    }
}
