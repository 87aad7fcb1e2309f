extern alias internals;

using internals::TrtBindings.Internal.Generators.TensorRt;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace TrtBindings.Generators.Tests;

/// <summary>The generator of TensorRT's call tables: what a wrong line does, and when the generator runs again.</summary>
public sealed class TensorRtDataTests
{
    private static readonly string Folder = Path.Combine(TestPaths.RepositoryRoot, "native", "tensorrt");

    [Theory]
    [InlineData("methods.txt", "IRuntime getPImpl()", "IRuntime getPImpl", "signature with parentheses")]
    [InlineData("methods.txt", "   3   3  -      ICudaEngine", "   3   x  -      ICudaEngine", "'x' is not a number")]
    [InlineData("methods.txt", "bool setMaxThreads(int32)", "bool setMaxThreads(Unknown)", "no type for 'Unknown'")]
    [InlineData("enums.txt", "  2   2  -      INT8", "  2   2  ten    INT8", "'ten' is not a release")]
    [InlineData("releases.txt", "feature WeakTyping", "featur WeakTyping", "neither 'major")]
    public void A_wrong_line_is_a_build_error_at_that_line(string file, string right, string wrong, string reason)
    {
        var files = Files();
        var index = Array.FindIndex(files, item => item.Path.EndsWith(file, StringComparison.Ordinal));
        var at = files[index].Text.IndexOf(right, StringComparison.Ordinal);
        at.ShouldBeGreaterThan(0);
        var line = files[index].Text[..at].Count(letter => letter == '\n');
        files[index] = new(files[index].Path, files[index].Text[..at] + wrong + files[index].Text[(at + right.Length)..]);
        var result = Driver(files).RunGenerators(Compiler.Compilation()).GetRunResult();
        result.GeneratedTrees.ShouldBeEmpty();
        var error = result.Diagnostics.First(item => item.Location.GetLineSpan().StartLinePosition.Line == line);
        (error.Id, error.Severity).ShouldBe(("TRTI0002", DiagnosticSeverity.Error));
        error.GetMessage().ShouldContain(reason);
        error.Location.GetLineSpan().Path.ShouldBe(files[index].Path);
    }

    [Fact]
    public void A_slot_that_is_missing_is_an_error_of_its_class()
    {
        var files = Files();
        var index = Array.FindIndex(files, item => item.Path.EndsWith("methods.txt", StringComparison.Ordinal));
        var lines = files[index].Text.Split('\n').Where(line => !line.Contains("getDLACore()", StringComparison.Ordinal));
        files[index] = new(files[index].Path, string.Join('\n', lines));
        Driver(files).RunGenerators(Compiler.Compilation()).GetRunResult().Diagnostics
            .ShouldContain(error => error.GetMessage(null).StartsWith("VRuntime in 10.*: slot 6 is missing"));
    }

    [Fact]
    public void An_edit_elsewhere_reads_no_file_again_and_an_edit_of_one_file_reads_that_one()
    {
        var files = Files();
        var driver = Driver(files).RunGenerators(Compiler.Compilation());
        driver.GetRunResult().Diagnostics.ShouldBeEmpty();
        driver.GetRunResult().GeneratedTrees.Length.ShouldBeGreaterThan(30);
        driver = driver.RunGenerators(Compiler.Compilation("class C { }"));
        Reasons(driver).ShouldAllBe(reason => reason == IncrementalStepRunReason.Cached);
        driver = driver.ReplaceAdditionalText(files[0], new DataFile(files[0].Path, files[0].Text + "# edited\n"))
            .RunGenerators(Compiler.Compilation("class C { }"));
        Reasons(driver).Count(reason => reason == IncrementalStepRunReason.Modified).ShouldBe(1);
    }

    private static DataFile[] Files() => [.. Directory.GetFiles(Folder, "*.txt").Order(StringComparer.Ordinal)
        .Select(path => new DataFile(path, File.ReadAllText(path).ReplaceLineEndings("\n")))];

    private static GeneratorDriver Driver(DataFile[] files) => CSharpGeneratorDriver.Create(
        [new TensorRtGenerator().AsSourceGenerator()], files,
        CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest),
        driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static IncrementalStepRunReason[] Reasons(GeneratorDriver driver) =>
        [.. driver.GetRunResult().Results.Single().TrackedSteps[TensorRtGenerator.ReadStep]
            .SelectMany(step => step.Outputs).Select(output => output.Reason)];

    private sealed class DataFile(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public string Text => text;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
