using System.Globalization;

namespace TrtBindings.Benchmarks;

/// <summary>One line of the table.</summary>
/// <param name="What">The name of the figure.</param>
/// <param name="Bar">The condition that the figure must meet.</param>
/// <param name="Measured">The figure, or the reason why there is none.</param>
/// <param name="Verdict">The result of comparing the figure with the bar.</param>
internal sealed record Row(string What, string Bar, string Measured, Verdict Verdict)
{
    /// <summary>A figure that must be under a bar.</summary>
    public static Row Below(string what, double bar, double measured, string unit) => new(
        what, $"< {Number(bar)} {unit}", $"{Number(measured)} {unit}", measured < bar ? Verdict.Held : Verdict.Missed);

    /// <summary>A figure that must reach a bar.</summary>
    public static Row AtLeast(string what, double bar, double measured, string unit = "") => new(
        what, $">= {Number(bar)} {unit}".TrimEnd(), $"{Number(measured)} {unit}".TrimEnd(),
        measured >= bar ? Verdict.Held : Verdict.Missed);

    /// <summary>A figure that must not exceed a bar.</summary>
    public static Row AtMost(string what, double bar, double measured, string unit = "") => new(
        what, $"<= {Number(bar)} {unit}".TrimEnd(), $"{Number(measured)} {unit}".TrimEnd(),
        measured <= bar ? Verdict.Held : Verdict.Missed);

    /// <summary>A condition that must be true.</summary>
    public static Row Is(string what, bool holds) =>
        new(what, "yes", holds ? "yes" : "no", holds ? Verdict.Held : Verdict.Missed);

    /// <summary>A figure that must be above a bar.</summary>
    public static Row Above(string what, double bar, double measured) => new(
        what, $"> {Number(bar)}", Number(measured), measured > bar ? Verdict.Held : Verdict.Missed);

    /// <summary>A count that must be complete.</summary>
    public static Row All(string what, int passed, int total) => new(
        what, "all", $"{passed} of {total}", passed == total && total > 0 ? Verdict.Held : Verdict.Missed);

    /// <summary>A figure that must be 0.</summary>
    public static Row Zero(string what, long measured, string unit) => new(
        what, $"0 {unit}", $"{measured:N0} {unit}", measured == 0 ? Verdict.Held : Verdict.Missed);

    /// <summary>A figure without a bar.</summary>
    public static Row Figure(string what, double measured, string unit) =>
        new(what, "", $"{Number(measured)} {unit}", Verdict.NoBar);

    /// <summary>A time that must be under a share of the inference time, or under a bar in milliseconds.</summary>
    /// <param name="what">The name of the figure.</param>
    /// <param name="share">The share, 0 to 1.</param>
    /// <param name="bar">The bar in milliseconds.</param>
    /// <param name="measured">The time in milliseconds.</param>
    /// <param name="inference">The inference in milliseconds.</param>
    public static Row ShareOrTime(string what, double share, double bar, double measured, double inference) => new(
        what, $"< {Number(100 * share)} % or < {Number(bar)} ms",
        $"{Number(100 * measured / inference)} %, {Number(measured)} ms",
        measured < share * inference || measured < bar ? Verdict.Held : Verdict.Missed);

    /// <summary>A figure that could not be measured here.</summary>
    public static Row NotRun(string what, string reason) => new(what, "", reason, Verdict.NotRun);

    /// <summary>Formats with four significant digits; large numbers are written in full.</summary>
    private static string Number(double value) => Math.Abs(value) switch
    {
        _ when value == Math.Floor(value) => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        _ => value.ToString("G4", CultureInfo.InvariantCulture),
    };
}
