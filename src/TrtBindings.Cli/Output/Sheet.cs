using System.Globalization;
using Spectre.Console;

namespace TrtBindings.Cli.Output;

/// <summary>
/// Text in sections: a heading, lines of a name and a value, tables. Long values break at the width of the screen.
/// </summary>
internal sealed class Sheet(IAnsiConsole console)
{
    private const int Indent = 2;

    /// <summary>A title over everything.</summary>
    public void Title(string text) => console.MarkupLine($"[bold]{Markup.Escape(text)}[/]");

    /// <summary>A heading with an empty line before it.</summary>
    public void Heading(string text)
    {
        console.WriteLine();
        Title(text);
    }

    /// <summary>Lines of a name and a value; lines without a value are left out.</summary>
    public void Rows(params IEnumerable<(string Name, string? Value)> rows)
    {
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new(Indent, 0, 2, 0) });
        grid.AddColumn(new GridColumn { Padding = new(0, 0, 0, 0) });
        foreach (var (name, value) in rows)
            if (!string.IsNullOrEmpty(value)) grid.AddRow(new Text(name), new Text(value));
        if (grid.Rows.Count > 0) console.Write(grid);
    }

    /// <summary>Paragraphs, each after a mark, such as <c>-</c>.</summary>
    public void List(params IEnumerable<string> lines) => Rows(lines.Select(line => ("-", (string?)line)));

    /// <summary>Paragraphs, each after a word in a colour.</summary>
    public void Marked(params IEnumerable<(string Mark, Color Colour, string Text)> lines)
    {
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new(Indent, 0, 2, 0) });
        grid.AddColumn(new GridColumn { Padding = new(0, 0, 0, 0) });
        foreach (var (mark, colour, text) in lines) grid.AddRow(new Text(mark, new Style(colour)), new Text(text));
        if (grid.Rows.Count > 0) console.Write(grid);
    }

    /// <summary>A table.</summary>
    /// <param name="headers">The headers. One that begins with <c>&gt;</c> is of a column of numbers, to the right.</param>
    /// <param name="rows">The rows.</param>
    public void Table(string[] headers, IEnumerable<string[]> rows)
    {
        var grid = new Grid { Expand = false };
        for (var i = 0; i < headers.Length; i++)
        {
            grid.AddColumn(new GridColumn
            {
                Padding = new(i == 0 ? Indent : 0, 0, 2, 0),
                Alignment = headers[i].StartsWith('>') ? Justify.Right : Justify.Left,
            });
        }

        grid.AddRow([.. headers.Select(header => new Text(header.TrimStart('>'), new Style(decoration: Decoration.Dim)))]);
        foreach (var row in rows) grid.AddRow([.. row.Select(cell => new Text(cell))]);
        console.Write(grid);
    }

    /// <summary>Bytes for people: 1.4 MB.</summary>
    public static string Size(long bytes)
    {
        const double Step = 1024;
        string[] units = ["bytes", "KB", "MB", "GB", "TB"];
        var (value, unit) = ((double)bytes, 0);
        for (; value >= Step && unit < units.Length - 1; unit++) value /= Step;
        return unit == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes")
            : string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {units[unit]}");
    }
}
