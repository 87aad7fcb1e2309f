using System.Globalization;
using Spectre.Console;

namespace TrtBindings.Cli.Comparing;

/// <summary>A <see cref="CompareReport"/> as text.</summary>
internal static class CompareTables
{
    /// <summary>Writes it.</summary>
    public static void Write(CompareReport report, IAnsiConsole console)
    {
        console.WriteLine($"reference  {report.Reference.File} on {report.Reference.Backend}");
        console.WriteLine($"compared   {report.Other.File} on {report.Other.Backend}");
        console.WriteLine($"tolerance  {report.Precision}: largest {Text($"{report.Tolerance.Largest:G3}")} of the range, cosine "
            + Text($"{report.Tolerance.Cosine:0.#####}") + Text($", factor 1 ± {report.Tolerance.Gain:G3}"));
        var table = new Table().Border(TableBorder.Simple);
        foreach (var title in (string[])["run", "output", "largest", "at", "mean", "cosine", "first difference", "verdict"])
            table.AddColumn(new TableColumn(title));
        foreach (var one in report.Results)
        {
            string[] cells =
            [
                one.Run, one.Part.Length > 0 ? $"{one.Output} {one.Part}" : one.Output,
                    Text($"{one.Largest:G3} of {one.Range:G3}"),
                one.Largest > 0 ? Place(one.LargestAt) : "-", Text($"{one.Mean:G3}"), Text($"{one.Cosine:0.######}"),
                one.FirstDifference is { } first ? Place(first) : "none",
                one.Problem is null ? one.Numbers > 0 ? "equal" : "nothing" : one.IsPermuted ? "other order" : "DIFFERS",
            ];
            table.AddRow(Array.ConvertAll(cells, Markup.Escape));
        }

        console.Write(table);
        foreach (var one in report.Results.Where(one => one.Problem is not null))
            console.WriteLine($"{one.Output}{(one.Part.Length > 0 ? " " + one.Part : "")}, {one.Run}: {one.Problem}.");
        if (report.Results.All(one => one.Numbers == 0))
            console.WriteLine("Nothing was compared: no output of the reference has a number. Give other inputs.");
        else console.WriteLine(report.Passed ? "Equal within the tolerance." : "Not equal.");
    }

    private static string Place(IReadOnlyList<long> place) => $"[{string.Join(", ", place)}]";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
