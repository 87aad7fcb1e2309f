using TrtBindings.Gpu.Tests.Figures;

namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>The report's section about pictures that are prepared, and results that are made, on the GPU.</summary>
internal static class PipelineFigures
{
    public const string Group = "GPU pipeline";

    /// <summary>Writes a figure with its bar, then fails the test if it does not hold.</summary>
    public static void Check(string what, string value, string bar, bool holds) =>
        FigureLog.Check(Group, what, value, bar, holds);

    /// <summary>Writes a figure without a bar.</summary>
    public static void Report(string what, string value) => FigureLog.Report(Group, what, value);

    public static string Milliseconds(double value) => FigureLog.Text(value, "ms", 3);
}
