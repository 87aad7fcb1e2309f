using System.Globalization;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace TrtBindings.Cli.Converting;

/// <summary>What <c>trtb convert</c> did, for JSON.</summary>
internal sealed record ConvertReport
{
    /// <summary>The model that was read.</summary>
    public required string Model { get; init; }

    /// <summary>The model that was written.</summary>
    public required string Target { get; init; }

    /// <summary>The new type.</summary>
    public required string Type { get; init; }

    /// <summary>Bytes of both, weights in files of their own included.</summary>
    public required long[] Bytes { get; init; }

    /// <summary>Seconds that it took.</summary>
    public required double Seconds { get; init; }

    /// <summary>Nodes that compute in the new type.</summary>
    public required int Converted { get; init; }

    /// <summary>Nodes that compute in 8 bits.</summary>
    public int Quantized { get; init; }

    /// <summary>How ranges were found; none without quantization.</summary>
    public string? Calibration { get; init; }

    /// <summary>The table that was written or read.</summary>
    public string? Table { get; init; }

    /// <summary>Pictures that ranges were measured on.</summary>
    public required int Pictures { get; init; }

    /// <summary>Nodes that stayed as they were, by operator and reason.</summary>
    public required IReadOnlyList<string> Kept { get; init; }

    /// <summary>How the result was checked.</summary>
    public required IReadOnlyList<string> Checks { get; init; }

    /// <summary>Writes it as text.</summary>
    public static void Write(ConvertReport report, IAnsiConsole console)
    {
        var sheet = new Sheet(console);
        sheet.Title($"{report.Model} to {report.Type}: {report.Target}");
        sheet.Rows(
            ("size", $"{Sheet.Size(report.Bytes[1])} instead of {Sheet.Size(report.Bytes[0])}"),
            ("time", string.Create(CultureInfo.InvariantCulture, $"{report.Seconds:0.0} s")),
            ("nodes", report.Quantized > 0 ? $"{report.Quantized} in 8 bits, {report.Converted} others converted"
                : $"{report.Converted} converted"),
            ("ranges", report.Calibration ?? (report.Pictures > 0 ? $"measured on {report.Pictures} pictures"
                : "not measured: without pictures, operators, names and constants decided")),
            ("table", report.Table));
        if (report.Kept.Count > 0) sheet.Heading("Kept in more bits");
        sheet.List(report.Kept);
        if (report.Checks.Count > 0) sheet.Heading("Checks");
        sheet.List(report.Checks);
    }
}

/// <summary>How a <see cref="ConvertReport"/> is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConvertReport))]
internal sealed partial class ConvertJson : JsonSerializerContext;
