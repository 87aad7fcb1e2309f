using System.Globalization;
using Spectre.Console;

namespace TrtBindings.Cli.Building;

/// <summary>A <see cref="BuildReport"/> as text.</summary>
internal static class BuildText
{
    /// <summary>Writes it.</summary>
    public static void Write(BuildReport report, IAnsiConsole console)
    {
        var sheet = new Sheet(console);
        sheet.Title(report.WasBuilt
            ? Text($"Built in {report.Seconds:0.0} s")
            : Text($"Reused: the cache has this engine, found in {report.Seconds:0.0} s"));
        sheet.Rows(
            ("engine", report.Engine),
            ("size", Sheet.Size(report.Bytes)),
            ("made by", $"TensorRT {report.TensorRt} on {report.Gpu}"),
            ("precision", report.Precision),
            ("sizes", string.Join("; ", report.Profiles)),
            ("layers", string.Join(", ", report.Layers)),
            ("in 32 bits", string.Join(", ", report.KeptNodes)),
            ("time", report.Parts is { } parts
                ? Text($"waiting {parts.Waiting:0.0} s, starting TensorRT {parts.Starting:0.0} s, ")
                + Text($"reading {parts.Reading:0.0} s, building {parts.Building:0.0} s, comparing {parts.Comparing:0.0} s, ")
                + Text($"storing {parts.Storing:0.0} s") : null),
            ("parity", report.Parity));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
