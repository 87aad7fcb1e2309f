using TrtBindings.Gpu.Tests.Figures;

namespace TrtBindings.Gpu.Tests.TypedResults;

/// <summary>The group of figures that typed results are written to.</summary>
internal static class TypedFigures
{
    public const string Group = "typed results against the CPU backend";

    /// <summary>Writes a comparison, then fails the test if it does not hold.</summary>
    public static void Check(string what, FindComparison comparison) =>
        FigureLog.Check(Group, what, comparison.ToString(), comparison.Bar, comparison.Holds);
}
