using System.Globalization;
using System.Text.Json;

namespace TrtBindings.Gpu.Tests.Figures;

/// <summary>
/// Takes figures down in a file, one a line, so that those of a process that ends badly are kept. Under <c>dotnet test</c>,
/// where no file is named, they are checked and not written.
/// </summary>
internal static class FigureLog
{
    /// <summary>The environment variable that names the file.</summary>
    public const string VariableName = "TRTBINDINGS_GPU_FIGURES";

    private static readonly Lock Gate = new();

    /// <summary>A figure without a bar.</summary>
    public static void Report(string group, string name, string value) => Write(new(group, name, value, "", null));

    /// <summary>A figure with a bar; it is written before the test fails for it.</summary>
    public static void Check(string group, string name, string value, string bar, bool holds) =>
        CheckAll(new Figure(group, name, value, bar, holds));

    /// <summary>Several figures; all are written before the test fails for any.</summary>
    public static void CheckAll(params ReadOnlySpan<Figure> figures)
    {
        var missed = new List<string>();
        foreach (var figure in figures)
        {
            Write(figure);
            if (figure.Holds == false) missed.Add($"{figure.Name} is {figure.Value}, and the bar is {figure.Bar}");
        }

        missed.ShouldBeEmpty();
    }

    /// <summary>A number with its unit.</summary>
    public static string Text(double value, string unit, int digits = 2) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Round(value, digits)} {unit}");

    /// <summary>Bytes as MiB.</summary>
    public static string MiB(long bytes) => Text(bytes / (1024.0 * 1024), "MiB");

    private static void Write(Figure figure)
    {
        if (Environment.GetEnvironmentVariable(VariableName) is not { Length: > 0 } path) return;
        lock (Gate) File.AppendAllText(path, JsonSerializer.Serialize(figure) + "\n");
    }
}
