using System.Globalization;
using Spectre.Console;
using TrtBindings.Vision;

namespace TrtBindings.Cli.Running;

/// <summary>A <see cref="RunReport"/> as text.</summary>
internal static class RunTables
{
    /// <summary>Writes it.</summary>
    public static void Write(RunReport report, IAnsiConsole console)
    {
        console.WriteLine($"{report.Model}{(report.Family is { } family ? $": {family}" : "")}, on {report.Backend}");
        if (report.Parity is { } parity) console.WriteLine($"engine: {parity}");
        foreach (var picture in report.Pictures ?? []) Write(picture, console);
        if (report.Outputs is { } outputs) Write(outputs, console);
    }

    private static void Write(PictureReport picture, IAnsiConsole console)
    {
        console.WriteLine();
        if (picture.Milliseconds is not { } times)
        {
            console.WriteLine($"{picture.File}: failed. {picture.Error}");
            return;
        }

        console.WriteLine(Text($"{picture.File}: {picture.Width} x {picture.Height}, {times.Preprocess:0.0} ms preparing, ")
            + Text($"{times.Inference:0.0} ms model, {times.Postprocess:0.0} ms reading"));
        if (picture.Objects is { } objects) WriteObjects(objects, console);
        if (picture.Classes is { } classes)
            Table(console, ["class", "score"], classes.Select(one => new[] { one.Label ?? "", Text($"{one.Score:0.000}") }));
        if (picture.Areas is { } areas)
        {
            Table(console, ["class", "pixels", "share"],
                areas.Select(one => new[] { one.Label, Text($"{one.Pixels:N0}"), Text($"{one.Share:0.0%}") }));
        }

        if (picture.Overlay is { } overlay) console.WriteLine($"Drawn to {overlay}");
    }

    private static void WriteObjects(IReadOnlyList<DetectionData> objects, IAnsiConsole console)
    {
        if (objects.Count == 0)
        {
            console.WriteLine("Nothing found.");
            return;
        }

        var hasLabels = objects.Any(one => one.Label is not null);
        var hasPoints = objects.Any(one => one.KeyPoints is not null);
        var isTurned = objects.Any(one => one.OrientedBox is not null);
        List<string> titles = [.. hasLabels ? ["label"] : Array.Empty<string>(), "score",
            isTurned ? "centre, size, angle" : "box"];
        if (hasPoints) titles.Add("points");
        Table(console, titles, objects.Select(one =>
        {
            List<string> cells = [.. hasLabels ? [one.Label ?? ""] : Array.Empty<string>(), Text($"{one.Score:0.00}")];
            cells.Add(string.Join(' ', (one.OrientedBox ?? one.Box ?? []).Select(number => Text($"{number:0.0}"))));
            if (hasPoints) cells.Add(Text($"{one.KeyPoints?.Length ?? 0}"));
            return cells.ToArray();
        }));
    }

    private static void Write(IReadOnlyList<OutputReport> outputs, IAnsiConsole console)
    {
        Table(console, ["output", "type", "shape", "least", "largest", "mean", "first"], outputs.Select(one => new[]
        {
            one.Name, one.Type, string.Join(" x ", one.Shape), Text($"{one.Least:G5}"), Text($"{one.Largest:G5}"),
            Text($"{one.Mean:G5}"), string.Join(' ', one.First),
        }));
        foreach (var output in outputs)
        {
            if (output.NotFinite > 0)
                console.WriteLine(Text($"{output.Name} has {output.NotFinite:N0} elements that are no numbers."));
            if (output.File is { } file) console.WriteLine($"{output.Name} written to {file}");
        }
    }

    private static void Table(IAnsiConsole console, IReadOnlyList<string> titles, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var title in titles) table.AddColumn(new TableColumn(Markup.Escape(title)));
        foreach (var row in rows) table.AddRow(Array.ConvertAll(row, Markup.Escape));
        console.Write(table);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
