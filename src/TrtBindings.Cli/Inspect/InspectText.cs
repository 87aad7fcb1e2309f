using System.Globalization;
using Spectre.Console;

namespace TrtBindings.Cli.Inspect;

/// <summary>Writes the reports of <c>trtb inspect</c> for people.</summary>
internal static class InspectText
{
    private const int LongestEntry = 300;
    private const int MostLabels = 12;

    public static void Write(ModelReport report, IAnsiConsole console)
    {
        var sheet = new Sheet(console);
        sheet.Title($"{Shown(report.File)}: an ONNX model, {Sheet.Size(report.Bytes)}");
        sheet.Rows(
            ("made by", report.Producer),
            ("IR version", Number(report.IrVersion)),
            ("operator sets", string.Join(", ", report.Opsets.Select(set => $"{set.Domain} {Number(set.Version)}"))),
            ("weights", Weights(report.Weights)),
            ("class", report.ClassName));
        Tensors(sheet, "Inputs", report.Inputs);
        Tensors(sheet, "Inputs with a default", report.OptionalInputs);
        Tensors(sheet, "Outputs", report.Outputs);
        sheet.Heading("Family");
        sheet.Rows(("family", report.Family.Name ?? "none"), ("form", report.Family.Form),
            ("classes", report.Family.Classes is { } classes ? Number(classes) : null), ("labels", Some(report.Labels)),
            ("why", report.Family.Why));
        sheet.Heading("Why not another family");
        sheet.Rows(report.Family.Others.Select(other => (other.Name, (string?)other.WhyNot)));
        foreach (var major in report.TensorRt)
        {
            sheet.Heading($"TensorRT {major.Major}");
            sheet.Marked(
            [
                .. major.Takes ? [("takes it", Color.Green, "as far as operators, types and operator sets tell")]
                    : major.Refuses.Select(text => ("refuses", Color.Red, text)),
                .. major.Notes.Select(text => ("note", Color.Yellow, text)),
            ]);
        }

        sheet.Heading($"Operators: {Number(report.Nodes)} nodes");
        sheet.Rows(("", string.Join(", ", report.Operators.Select(one => $"{one.Name} {Number(one.Count)}"))),
            ("functions", string.Join(", ", report.Functions)));
        Metadata(sheet, report.Metadata);
        // What TensorRT refuses stands above, for each major.
        var found = report.Diagnostics.Where(one => !one.Id.StartsWith("TRTB012", StringComparison.Ordinal)).ToArray();
        if (found.Length == 0) return;
        sheet.Heading("Diagnostics");
        sheet.Marked(found.Select(one => ($"{one.Severity} {one.Id}", one.Severity == "error" ? Color.Red : Color.Yellow,
            one.Message)));
    }

    public static void Write(EngineReport report, IAnsiConsole console)
    {
        var sheet = new Sheet(console);
        sheet.Title($"{Shown(report.File)}: a TensorRT engine, {Sheet.Size(report.Bytes)}");
        sheet.Rows(
            ("built with", report.BuiltWith is { } version ? $"TensorRT {version}" : "the plan's header does not say it"),
            ("header", report.HeaderBytes is { } bytes ? $"Ultralytics': length, {Number(bytes)} bytes of JSON, plan" : "none"),
            ("plan", $"{Number(report.PlanBytes)} bytes from byte {Number(report.PlanOffset)}"),
            ("runs on", "the TensorRT that built it and the kind of GPU that it was built on, unless it was built for more"));
        Metadata(sheet, report.Metadata);
        if (report.Opened is not { } opened) return;
        sheet.Heading($"Opened by TensorRT {opened.TensorRt} on {opened.Gpu}");
        sheet.List(opened.Tensors);
    }

    /// <summary>A file below the working folder is shown as a user would type it.</summary>
    private static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    private static void Metadata(Sheet sheet, IReadOnlyList<EntryReport> entries)
    {
        if (entries.Count == 0) return;
        sheet.Heading("Metadata");
        sheet.Rows(entries.Select(entry => (entry.Key, (string?)(entry.Value.Length <= LongestEntry
            ? entry.Value
            : $"{entry.Value[..LongestEntry]}… ({Number(entry.Value.Length)} characters; --json has them all)"))));
    }

    private static void Tensors(Sheet sheet, string heading, IReadOnlyList<TensorReport> tensors)
    {
        if (tensors.Count == 0) return;
        sheet.Heading(heading);
        sheet.Table(["name", "type", "shape"], tensors.Select(tensor => new[] { tensor.Name, tensor.Type, tensor.Shape }));
    }

    private static string Weights(WeightsReport weights)
    {
        var types = string.Join(", ", weights.Types.Select(type => $"{Number(type.Count)} {type.Name}"));
        var text = $"{Sheet.Size(weights.Bytes)} in {Number(weights.Tensors)} "
            + $"initializers{(types.Length > 0 ? $" ({types})" : "")}";
        var files = weights.Files.Select(file => $"{file.Location} ({(file.FoundBytes is { } bytes
            ? bytes < file.RequiredBytes ? $"{Sheet.Size(bytes)}, too short" : Sheet.Size(bytes) : "missing")})").ToArray();
        return files.Length == 0 ? text : $"{text}; in {string.Join(", ", files)}";
    }

    private static string Some(IReadOnlyList<string> labels) => labels.Count <= MostLabels
        ? string.Join(", ", labels)
        : $"{string.Join(", ", labels.Take(MostLabels))} and {Number(labels.Count - MostLabels)} more";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
