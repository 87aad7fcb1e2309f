namespace TrtBindings.Generators.Tests;

/// <summary>Each engine compiles with models of its own family and with no others.</summary>
[Trait("Category", "Slow")]
public sealed class EngineMatrixTests
{
    private static readonly Dictionary<string, OnnxModelBuilder> Families = new()
    {
        ["YoloSeg"] = Models.YoloSeg("batch", [39L, 8400L], [32L, 160L, 160L]),
        ["YoloDetect"] = Yolo(7L, "detect"),
        ["YoloPose"] = Yolo(13L, "pose").Metadata("kpt_shape", "[2, 3]"),
        ["YoloObb"] = Yolo(8L, "obb"),
        ["RtDetr"] = Named(["batch", 3L, 640L, 640L], "output0")
            .Output("output0", ElementType.Float, "batch", 300L, 6L).Metadata("head", "RTDETRDecoder"),
        ["Scrfd"] = Models.Scrfd(batched: true),
        ["MaskRcnn"] = MaskRcnn(),
        ["SemanticSegmentation"] = Named(["batch", 3L, "h", "w"]).Output("y", ElementType.Float, "batch", 3L, "h", "w"),
        ["Classification"] = Named(["batch", 3L, 224L, 224L]).Output("y", ElementType.Float, "batch", 3L),
    };

    public static TheoryData<string> Names { get; } = [.. Families.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_engine_takes_its_own_family_and_no_other(string family)
    {
        using var folder = new ModelFolder();
        string[] paths = [.. Families.Select(one => folder.Add($"{one.Key}Model.onnx", one.Value))];
        var preprocessing = family switch
        {
            "SemanticSegmentation" => ", SegmentationPreprocessing.UnitRange",
            "Classification" => ", ClassificationPreprocessing.Timm",
            _ => "",
        };
        var calls = string.Join('\n', Families.Keys.Select(other =>
            $"    public static object Of({other}Model model) => {family}Engine.Create(model{preprocessing});"));
        var run = GeneratorRun.Of(
            paths, "MyApp",
            sources: $"using TrtBindings.Vision;\nnamespace MyApp;\ninternal static class Use\n{{\n{calls}\n}}\n");
        // Each problem ends with its span; its line tells which call does not compile.
        var refused = run.Problems.Select(problem => problem.Split("- (")[0].Split(": (")[^1].Split(',')[0])
            .Select(line => Families.Keys.ElementAt(int.Parse(line) - 4)).Order();
        refused.ShouldBe(Families.Keys.Where(other => other != family).Order());
        run.Problems.ShouldAllBe(problem => problem.StartsWith("CS0618 "));
    }

    private static OnnxModelBuilder Yolo(long rows, string task) => Named(["batch", 3L, 640L, 640L], "output0")
        .Output("output0", ElementType.Float, "batch", rows, 8400L).Metadata("task", task);

    private static OnnxModelBuilder MaskRcnn() => Named([3L, "h", "w"], "boxes")
        .Output("boxes", ElementType.Float, "n", 4L).Output("labels", ElementType.Int64, "n")
        .Output("scores", ElementType.Float, "n").Output("masks", ElementType.Float, "n", 1L, "h", "w")
        .Node("Relu", ["images"], ["labels"]).Node("Relu", ["images"], ["scores"]).Node("Relu", ["images"], ["masks"]);

    private static OnnxModelBuilder Named(object?[] input, string output = "y") => new OnnxModelBuilder()
        .Input("images", ElementType.Float, input).Node("Relu", ["images"], [output])
        .Metadata("names", "{0: 'cup', 1: 'plate', 2: 'spoon'}");
}
