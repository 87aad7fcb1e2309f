extern alias generator;

using Microsoft.CodeAnalysis;
using generator::TrtBindings.Generators;

namespace TrtBindings.Generators.Tests;

/// <summary>
/// The table of what runs again after which event, in a project with two good models and a damaged one. One letter for
/// each value of a step: Cached (did not run), Unchanged (ran and gave the same), Modified, New, Removed. The outputs are
/// the files, the damaged file's diagnostic and the project's. Values move up where a model is taken away.
/// </summary>
public sealed class RunReasonTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("keystroke", "Read CCC, Describe CCC, Project C, Name CCC, Specify CCC, Emit CC, Diagnose C, output CCCC")]
    [InlineData("unrelated option",
        "Read CCC, Describe UUU, Project U, Name CCC, Specify CCC, Emit CC, Diagnose C, output CCCC")]
    [InlineData("other namespace",
        "Read CCC, Describe UUU, Project M, Name MMM, Specify MMU, Emit MM, Diagnose C, output MMCC")]
    [InlineData("other target path",
        "Read CCC, Describe UMU, Project U, Name UMU, Specify CMC, Emit CM, Diagnose C, output CMCC")]
    [InlineData("all texts replaced",
        "Read MMM, Describe UUU, Project C, Name CCC, Specify CCC, Emit CC, Diagnose C, output CCCC")]
    [InlineData("touched",
        "Read CMC, Describe CUC, Project C, Name CCC, Specify CCC, Emit CC, Diagnose C, output CCCC")]
    [InlineData("other weights",
        "Read CMC, Describe CUC, Project C, Name CCC, Specify CCC, Emit CC, Diagnose C, output CCCC")]
    [InlineData("other shape",
        "Read CMC, Describe CMC, Project C, Name UMU, Specify CMC, Emit CM, Diagnose C, output CMCC")]
    [InlineData("repaired",
        "Read CCM, Describe CCM, Project C, Name UUM, Specify CCM, Emit CCN, Diagnose R, output CCNRC")]
    [InlineData("added",
        "Read CCCN, Describe CCCN, Project C, Name UUUN, Specify CCNC, Emit CCN, Diagnose C, output CCNCC")]
    [InlineData("removed",
        "Read CRC, Describe CRC, Project C, Name UMR, Specify CMR, Emit CR, Diagnose NR, output CRNRC")]
    public void Only_what_an_event_changes_runs_again(string name, string expected)
    {
        string[] paths = [_folder.Add("a.onnx", Model(4)), _folder.Add("b.onnx", Model(4)), _folder.Add("c.onnx", [0x08])];
        var first = GeneratorRun.Of(paths);
        Reasons(first).ShouldBe("Read NNN, Describe NNN, Project N, Name NNN, Specify NNN, Emit NN, Diagnose N, output NNNN");
        var driver = After(name, first, paths);
        Reasons(GeneratorRun.Run(driver, Compiler.Compilation("class C { }"))).ShouldBe(expected);
    }

    private GeneratorDriver After(string name, GeneratorRun run, string[] paths)
    {
        var (driver, b) = (run.Driver, paths[1]);
        switch (name)
        {
            // These read no file: there is none to be read.
            case "keystroke":
                return Deleted(paths, driver);
            case "unrelated option":
                return Deleted(paths, driver.WithUpdatedAnalyzerConfigOptions(new TestOptions("MyApp", Target(b, "b.onnx"))));
            case "other namespace":
                return Deleted(paths, driver.WithUpdatedAnalyzerConfigOptions(new TestOptions("Other", Target(b, "b.onnx"))));
            case "other target path":
                return Deleted(paths, driver.WithUpdatedAnalyzerConfigOptions(new TestOptions("MyApp", Target(b, "bin/b.onnx"))));

            // These read the files whose texts are new, and only those.
            case "all texts replaced":
                return driver.ReplaceAdditionalTexts([.. paths.Select(p => new BinaryAdditionalText(p))]);
            case "touched":
                File.SetLastWriteTimeUtc(b, DateTime.UtcNow.AddYears(-1));
                return Replaced(run, b);
            case "other weights":
                _folder.Add("b.onnx", Model(4, weight: 7));
                return Replaced(run, b);
            case "other shape":
                _folder.Add("b.onnx", Model(5));
                return Replaced(run, b);
            case "repaired":
                _folder.Add("c.onnx", Model(4));
                return Replaced(run, paths[2]);
            case "added":
                return driver.AddAdditionalTexts([new BinaryAdditionalText(_folder.Add("d.onnx", Model(4)))]);
            case "removed":
                return driver.RemoveAdditionalTexts([run.TextOf(b)]);
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, null);
        }
    }

    private static OnnxModelBuilder Model(long size, byte weight = 0) =>
        Models.Identity("x", "y", 1L, size).Initializer("w", ElementType.Float, [1], [weight, 0, 0, 0]);

    private static Dictionary<string, string> Target(string path, string target) => new() { [path] = target };

    private static GeneratorDriver Deleted(string[] paths, GeneratorDriver driver)
    {
        foreach (var path in paths) File.Delete(path);
        return driver;
    }

    private static GeneratorDriver Replaced(GeneratorRun run, string path) =>
        run.Driver.ReplaceAdditionalText(run.TextOf(path), new BinaryAdditionalText(path));

    private static string Reasons(GeneratorRun run)
    {
        var steps = TrackingNames.All.Select(n => (Name: n, Runs: run.Result.TrackedSteps.GetValueOrDefault(n, [])))
            // The steps of signature files, of which this project has none.
            .Where(s => s.Runs.Length > 0)
            .Append(("output", [.. run.Result.TrackedOutputSteps.SelectMany(s => s.Value)]));
        // Steps for signature files have no values here: no item of this project asks for one.
        return string.Join(", ", steps.Select(s => $"{s.Name} {Letters(s.Runs)}").Where(t => !t.EndsWith(' ')));
    }

    private static string Letters(IEnumerable<IncrementalGeneratorRunStep> runs) =>
        string.Concat(runs.SelectMany(r => r.Outputs).Select(o => o.Reason.ToString()[0]));
}
