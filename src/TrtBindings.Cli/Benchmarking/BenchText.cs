using System.Globalization;
using System.Text;
using Spectre.Console;

namespace TrtBindings.Cli.Benchmarking;

/// <summary>A <see cref="BenchReport"/> as text and as Markdown.</summary>
internal static class BenchText
{
    /// <summary>Writes it to the screen.</summary>
    public static void Write(BenchReport report, IAnsiConsole console)
    {
        foreach (var line in Head(report)) console.WriteLine(line);
        var table = new Table().Border(TableBorder.Simple);
        foreach (var title in BenchGrid.Titles(report))
        {
            var side = title.Length == 0 ? Justify.Left : Justify.Right;
            table.AddColumn(new TableColumn(Markup.Escape(title)) { Alignment = side });
        }

        foreach (var row in BenchGrid.Rows(report)) table.AddRow(Array.ConvertAll(row, Markup.Escape));
        console.Write(table);
        foreach (var line in Warnings(report)) console.WriteLine($"Warning: {line}");
        foreach (var (figure, meaning) in BenchGrid.Legend) console.WriteLine($"{figure}: {meaning}");
    }

    /// <summary>The report as a Markdown document.</summary>
    public static string Markdown(BenchReport report)
    {
        var text = new StringBuilder();
        text.Append("# ").AppendLine(Path.GetFileName(report.Model)).AppendLine();
        foreach (var line in Head(report)) text.Append("- ").AppendLine(line);
        var titles = BenchGrid.Titles(report);
        text.AppendLine().AppendLine(Line(titles)).AppendLine(Line([.. titles.Select((_, i) => i == 0 ? "---" : "---:")]));
        foreach (var row in BenchGrid.Rows(report)) text.AppendLine(Line(row));
        text.AppendLine();
        foreach (var line in Warnings(report)) text.Append("- Warning: ").AppendLine(line);
        foreach (var (figure, meaning) in BenchGrid.Legend)
            text.AppendLine(CultureInfo.InvariantCulture, $"- *{figure}*: {meaning}");
        return text.ToString();
    }

    private static IEnumerable<string> Head(BenchReport report)
    {
        yield return report.Model + (report.Rate is { } rate
            ? string.Create(CultureInfo.InvariantCulture, $", {rate:0.##} runs a second due") : "");
        yield return report.Machine;
        foreach (var backend in report.Results.Select(one => one.Gpu is null ? one.Backend : $"{one.Backend} on {one.Gpu}")
            .Distinct())
            yield return backend;
        foreach (var parity in report.Results.Select(one => one.Parity).OfType<string>().Distinct())
            yield return $"engine: {parity}";
        foreach (var input in report.Results.Select(one => string.Join(", ", one.Inputs)).Distinct()) yield return input;
        foreach (var problem in report.Results.Select(one => one.StateProblem).OfType<string>().Distinct())
            yield return $"Clocks, power and heat are not available: {problem}.";
    }

    private static IEnumerable<string> Warnings(BenchReport report) =>
        report.Results.SelectMany(one => one.Warnings.Select(warning => report.Results.Count == 1 ? warning
            : string.Create(CultureInfo.InvariantCulture, $"{one.Name}, batch {one.Batch}, threads {one.Threads}: {warning}")))
                .Distinct();

    private static string Line(string[] cells) =>
        $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |";
}
