using System.Text.Json;

namespace TrtBindings.Generators.Tests;

/// <summary>Every export of Ultralytics' in ../shared becomes a class that its engine takes.</summary>
[Trait("Category", "Slow")]
public sealed class ExportTests
{
    private const string Root = "exports/";

    public static TheoryData<string> Names() => Packed.Names(".onnx", Root + "old", Root + "ultra");

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void The_class_compiles_and_the_engine_of_its_task_takes_it(string name)
    {
        Skip.If(name.Length == 0, $"../shared/{Root} is not there.");
        using var folder = new ModelFolder();
        var path = folder.Add("model.onnx", Packed.Require(name + ".xz"));
        using var reference = JsonDocument.Parse(File.ReadAllBytes(Shared.Require(Path.ChangeExtension(name, ".ref.json"))));
        var metadata = reference.RootElement.GetProperty("signature").GetProperty("metadata");
        var isDetr = metadata.TryGetProperty("head", out var head) && head.GetString() == "RTDETRDecoder";
        var engine = metadata.GetProperty("task").GetString() switch
        {
            "detect" => isDetr ? "RtDetr" : "YoloDetect",
            "segment" => "YoloSeg",
            "pose" => "YoloPose",
            "obb" => "YoloObb",
            "classify" => "Classification",
            "semantic" => "SemanticSegmentation",
            var other => throw new InvalidOperationException($"The task {other} is new."),
        };
        var run = GeneratorRun.Of([path], "MyApp", sources:
            "internal static class Use { public static object It(MyApp.Model m) => "
            + $"TrtBindings.Vision.{engine}Engine.Create(m); }}");
        run.Ids.ShouldBeEmpty();
        run.Problems.ShouldBeEmpty();
        run.Source.ShouldContain($"Trt::I{engine}Model<");
    }
}
