using System.Text;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TestSupport.TensorRT;

namespace TrtBindings.Gpu.Tests.Figures;

/// <summary>Writes results as docs/gpu.md.</summary>
internal sealed class MarkdownReport(Results results)
{
    /// <summary>The group whose figures say what machine it was.</summary>
    public const string Machine = "machine";

    private readonly StringBuilder _text = new();

    /// <summary>The slots that were called on real libraries.</summary>
    public static SlotLedger LedgerOf(Results results)
    {
        var ledger = new SlotLedger();
        // An earlier run may have called what the product has no more.
        foreach (var (library, methods) in results.Calls)
            ledger.Add(library, methods.Where(Enum.GetNames<TrtMethod>().Contains).Select(Enum.Parse<TrtMethod>));
        return ledger;
    }

    /// <summary>The whole document.</summary>
    public string ToText()
    {
        Line("# TensorRT on a real GPU");
        Line("Written by `tests/gpu/run.sh`; every number below was measured by a test of `tests/TrtBindings.Gpu.Tests`.");
        Line("");
        foreach (var figure in FiguresOf(Machine)) Line($"- {figure.Figure.Name}: {figure.Figure.Value}");
        Line("");
        AppendBuilds();
        AppendFigures();
        AppendTests();
        AppendHowTo();
        Line("## Slots that were called on real libraries");
        Line("");
        var ledger = LedgerOf(results);
        var (methods, run) = ledger.Count();
        Line($"{run} of the {methods} virtual methods that the product can call. A stand-in never counts.");
        Line("");
        _text.Append(ledger.ToMarkdown());
        return _text.ToString();
    }

    /// <summary>What this run says nothing about, before anything that it says.</summary>
    private void AppendBuilds()
    {
        var skipped = results.Tests.Values.Count(test => test.Outcome.State == "skipped"
            && test.Outcome.Message.Contains("libnvinfer_builder_resource", StringComparison.Ordinal));
        if (skipped == 0) return;
        Line($"""
            **Builds were not run.** TensorRT builds with `libnvinfer_builder_resource` (1.4 GB), which is not on this machine.
            The {skipped} tests that build are in the same program, run wherever that file lies beside libnvinfer, and stand below
            as not run. The engines that were run were built elsewhere: other people's networks, and twelve engines of the
            models in `samples/models`, which this library built on a complete TensorRT 10.6.0 with an H200.
            """);
        Line("");
    }

    private void AppendFigures()
    {
        foreach (var group in results.Figures.Values.Select(figure => figure.Figure.Group).Distinct().Order())
        {
            if (group == Machine) continue;
            var figures = FiguresOf(group);
            Line($"## {Capital(group)}");
            Line("");
            Line("| what | measured | bar | holds | date |");
            Line("| --- | --- | --- | --- | --- |");
            foreach (var (date, figure) in figures.Select(entry => (entry.Date, entry.Figure)))
            {
                var holds = figure.Holds switch { true => "yes", false => "**no**", null => "" };
                Line($"| {Cell(figure.Name)} | {Cell(figure.Value)} | {Cell(figure.Bar)} | {holds} | {date} |");
            }

            Line("");
        }
    }

    private void AppendTests()
    {
        var tests = results.Tests.Values.ToArray();
        int Count(string state) => tests.Count(test => test.Outcome.State == state);
        Line("## Tests");
        Line("");
        Line($"{Count("passed")} passed, {Count("failed")} failed, {Count("skipped")} not run.");
        Line("");
        AppendList("Failed", tests.Where(test => test.Outcome.State == "failed"));
        AppendList("Not run", tests.Where(test => test.Outcome.State == "skipped"));
        Line("| test | passed in |");
        Line("| --- | --: |");
        foreach (var test in tests.Where(test => test.Outcome.State == "passed").OrderBy(test => test.Outcome.Test))
            Line($"| {Cell(NameOf(test))} | {FigureLog.Text(test.Outcome.Seconds, "s")} |");
        Line("");
    }

    /// <summary>Tests by the first line of their message: many are skipped for one reason.</summary>
    private void AppendList(string heading, IEnumerable<DatedOutcome> tests)
    {
        var groups = tests.GroupBy(test => test.Outcome.Message.Split('\n')[0]).ToArray();
        if (groups.Length == 0) return;
        Line($"{heading}:");
        Line("");
        foreach (var group in groups.OrderBy(group => group.Key))
        {
            Line($"- {WithoutFolders(group.Key)}");
            foreach (var test in group.OrderBy(test => test.Outcome.Test)) Line($"  - {NameOf(test)}");
        }

        Line("");
    }

    private void AppendHowTo()
    {
        Line("## How to repeat this");
        Line("");
        Line("""
            On a machine with an NVIDIA driver, g++ and the .NET SDK, with TensorRT where the
            [search finds it](../README.md) or named in `TRTBINDINGS_TENSORRT`: `dotnet test tests/TrtBindings.Gpu.Tests`.
            Tests that run ready engines want a folder of engines, models and reference results, named in
            `TRTBINDINGS_GPU_DATA`; tests that build engines run wherever the builder resource lies beside libnvinfer.

            For a machine with the driver alone: `tests/gpu/publish.sh` here, then
            `tests/gpu/run.sh FOLDER-WITH-TENSORRT FOLDER-WITH-DATA` there. It writes this page and `results.json`. The benchmarks
            of the CPU backend and of the engines' own work are published beside the tests and measure that machine's processor:
            `benchmarks/TrtBindings.Benchmarks [GROUP...]`.
            """);
        Line("");
    }

    private DatedFigure[] FiguresOf(string group) =>
        [.. results.Figures.Values.Where(figure => figure.Figure.Group == group)];

    private static string NameOf(DatedOutcome test) =>
        test.Outcome.Test.Replace("TrtBindings.Gpu.Tests.", "", StringComparison.Ordinal).Replace('_', ' ');

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Cell(string text) =>
        WithoutFolders(text).ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>Where the machine has its files says nothing to a reader.</summary>
    private static string WithoutFolders(string text)
    {
        foreach (var (variable, name) in new[] { ("TRTBINDINGS_GPU_DATA", "data"), ("TRTBINDINGS_TENSORRT", "tensorrt") })
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 1 } folder)
                text = text.Replace(folder.TrimEnd('/'), name, StringComparison.Ordinal);
        }

        return text;
    }

    private void Line(string text) => _text.Append(text).Append('\n');
}
