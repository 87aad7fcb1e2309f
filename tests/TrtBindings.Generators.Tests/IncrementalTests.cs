extern alias generator;

using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using generator::TrtBindings.Generators;
using generator::TrtBindings.Generators.Input;

namespace TrtBindings.Generators.Tests;

/// <summary>The steps that run again after each kind of change, and the objects that the pipeline keeps.</summary>
public sealed class IncrementalTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_keystroke_reads_nothing_and_emits_nothing()
    {
        var path = _folder.Add("m.onnx", Models.Identity());
        var first = GeneratorRun.Of(path, _folder.Add("m.onnx.signature.txt", "output z: float [1]"u8.ToArray()));
        // The file is gone: a step that opened it again would change the result.
        File.Delete(path);
        var second = GeneratorRun.Run(first.Driver, Compiler.Compilation("internal class C { }"));
        var reasons = Reasons(second);
        reasons.Keys.ShouldBe(TrackingNames.All.Where(n => n != TrackingNames.Diagnose), ignoreOrder: true);
        foreach (var (step, reason) in reasons) reason.ShouldBe([IncrementalStepRunReason.Cached], step);
        second.Source.ShouldBe(first.Source);
    }

    [Fact]
    public void A_replaced_file_is_read_again_and_only_its_class_is_emitted()
    {
        var (a, b) = (_folder.Add("a.onnx", Models.Identity()), _folder.Add("b.onnx", Models.Identity()));
        var first = GeneratorRun.Of(a, b);
        _folder.Add("b.onnx", Models.Identity("x", "y", 1L, 5L));
        File.SetLastWriteTimeUtc(b, DateTime.UtcNow.AddYears(-1));
        var second = Swap(first, b);
        Reasons(second)[TrackingNames.Read].ShouldBe([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified]);
        Reasons(second)[TrackingNames.Specify].ShouldBe([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified]);
        Reasons(second)[TrackingNames.Emit].ShouldBe([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified]);
        second.Result.GeneratedSources.Single(s => s.HintName == "b.onnx.g.cs").SourceText.ToString().ShouldContain("Dim1 = 5");
    }

    [Fact]
    public void A_touched_but_equal_model_is_read_and_not_emitted()
    {
        var path = _folder.Add("m.onnx", Models.Identity());
        var second = Swap(GeneratorRun.Of(path), path);
        Reasons(second)[TrackingNames.Read].ShouldBe([IncrementalStepRunReason.Modified]);
        Reasons(second)[TrackingNames.Describe].ShouldBe([IncrementalStepRunReason.Unchanged]);
        foreach (var step in new[] { TrackingNames.Name, TrackingNames.Specify, TrackingNames.Emit })
            Reasons(second)[step].ShouldBe([IncrementalStepRunReason.Cached], step);
    }

    [Fact]
    public void A_model_with_other_weights_emits_the_same()
    {
        var path = _folder.Add("m.onnx", Models.Identity().Initializer("w", ElementType.Float, [1], new byte[4]));
        var first = GeneratorRun.Of(path);
        _folder.Add("m.onnx", Models.Identity().Initializer("w", ElementType.Float, [1], [1, 2, 3, 4]));
        Reasons(Swap(first, path))[TrackingNames.Emit].ShouldBe([IncrementalStepRunReason.Cached]);
    }

    [Fact]
    public void A_repaired_file_loses_its_diagnostic()
    {
        var path = _folder.Add("m.onnx", [0x08]);
        var first = GeneratorRun.Of(path);
        first.Ids.ShouldBe(["TRTB0003"]);
        _folder.Add("m.onnx", Models.Identity());
        var second = Swap(first, path);
        second.Ids.ShouldBeEmpty();
        second.Result.GeneratedSources.ShouldHaveSingleItem();
    }

    [Fact]
    public void Another_root_namespace_emits_again_without_reading()
    {
        var path = _folder.Add("m.onnx", Models.Identity());
        var first = GeneratorRun.Of(path);
        File.Delete(path);
        var driver = first.Driver.WithUpdatedAnalyzerConfigOptions(new TestOptions("Other", new Dictionary<string, string>()));
        var second = GeneratorRun.Run(driver, Compiler.Compilation());
        Reasons(second)[TrackingNames.Read].ShouldBe([IncrementalStepRunReason.Cached]);
        Reasons(second)[TrackingNames.Emit].ShouldBe([IncrementalStepRunReason.Modified]);
        second.Source.ShouldContain("namespace Other;");
    }

    [Fact]
    public void The_pipeline_keeps_values_and_nothing_of_the_compiler()
    {
        var run = GeneratorRun.Of(
            _folder.Add("a.onnx", Models.YoloSeg("batch", [39L, 8400L], [32L, 160L, 160L])), _folder.Add("b.onnx", [0x08]),
            _folder.Add("a.onnx.signature.txt", "output z: float [1]"u8.ToArray()));
        var seen = 0;
        foreach (var (name, steps) in run.Result.TrackedSteps)
        {
            if (!TrackingNames.All.Contains(name)) continue;
            // The first step keeps the AdditionalText too, whose identity is the change signal.
            foreach (var (value, _) in steps.SelectMany(s => s.Outputs))
                Walk(value is OpenedFile opened ? opened.File : value, name, ref seen);
        }

        run.Result.TrackedSteps.Keys.Intersect(TrackingNames.All).Count().ShouldBe(TrackingNames.All.Count);
        seen.ShouldBeGreaterThan(200);
    }

    private static void Walk(object? value, string place, ref int seen)
    {
        if (value is null) return;
        seen++;
        var type = value.GetType();
        if (type.IsPrimitive || type.IsEnum || value is string) return;
        type.Namespace!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal).ShouldBeFalse($"{place} holds {type}");
        if (value is IEnumerable items)
        {
            foreach (var item in items) Walk(item, place, ref seen);
            return;
        }

        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            Walk(field.GetValue(value), place + "." + field.Name, ref seen);
    }

    /// <summary>Does what a host does after a file change: a new text object with the same path.</summary>
    private static GeneratorRun Swap(GeneratorRun run, string path)
    {
        var driver = run.Driver.ReplaceAdditionalText(run.TextOf(path), new BinaryAdditionalText(path));
        return GeneratorRun.Run(driver, Compiler.Compilation());
    }

    /// <summary>Run reasons by step, in the order of the values.</summary>
    private static Dictionary<string, IncrementalStepRunReason[]> Reasons(GeneratorRun run) => run.Result.TrackedSteps
        .Where(s => TrackingNames.All.Contains(s.Key))
        .ToDictionary(s => s.Key, s => s.Value.SelectMany(v => v.Outputs).Select(o => o.Reason).ToArray());
}
