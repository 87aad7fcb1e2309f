namespace TrtBindings.Generators.Tests;

/// <summary>Every export of Ultralytics' in ../shared becomes a class that the engine of its task takes.</summary>
[Trait("Category", "Slow")]
public sealed class UltralyticsExportTests
{
    public static TheoryData<string> Old() => PackedModel.Names("old");

    public static TheoryData<string> Current() => PackedModel.Names("ultra");

    [SkippableTheory]
    [MemberData(nameof(Old))]
    [MemberData(nameof(Current))]
    public void The_class_compiles_and_the_engine_of_its_task_takes_it(string name)
    {
        using var packed = new PackedModel(name);
        var metadata = packed.Reference.GetProperty("signature").GetProperty("metadata");
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
        var className = GeneratorRun.Of(packed.File).Source.Split("public sealed partial class ")[1].Split(' ', ':', '\n')[0];
        var run = GeneratorRun.Of([packed.File], "MyApp", sources:
            $"internal static class Use {{ public static object It(MyApp.{className} m) => "
            + $"TrtBindings.Vision.{engine}Engine.Create(m); }}");
        run.Ids.ShouldBeEmpty();
        run.Problems.ShouldBeEmpty();
        run.Source.ShouldContain($"Trt::I{engine}Model<");
    }
}
