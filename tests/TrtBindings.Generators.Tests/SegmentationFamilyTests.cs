namespace TrtBindings.Generators.Tests;

/// <summary>Recognition of semantic segmentation models.</summary>
public sealed class SegmentationFamilyTests
{
    private const string Use = "internal static class Use { public static object It(MyApp.Model m) => TrtBindings.Vision."
        + "SemanticSegmentationEngine.Create(m, TrtBindings.Vision.SegmentationPreprocessing.Torchvision); }";

    [Theory]
    [InlineData("semantic", ", SegmentationPreprocessing.Torchvision", "SegmentationPreprocessing.Ultralytics, and Torchvision")]
    [InlineData("semantic", ", SegmentationPreprocessing.OpenCv with { Multiple = 32 }", "Ultralytics, and OpenCv")]
    [InlineData("semantic", ", SegmentationPreprocessing.Ultralytics", "")]
    [InlineData("semantic", "", "")]
    [InlineData("other", ", SegmentationPreprocessing.Torchvision", "")]
    public void A_preset_that_is_not_the_exporters_is_reported(string task, string preprocessing, string expected)
    {
        var model = new OnnxModelBuilder().Input("images", ElementType.Float, "batch", 3L, 64L, 64L)
            .Output("output0", ElementType.UInt8, "batch", 64L, 64L).Node("Relu", ["images"], ["output0"])
            .Metadata("names", "['a', 'b', 'c']").Metadata("task", task)
            .Metadata("author", task == "semantic" ? "Ultralytics" : "someone");
        var run = GeneratorRun.Of(model, sources:
            $"using TrtBindings.Vision; internal static class Use {{ public static object It(MyApp.Model m) => "
            + $"SemanticSegmentationEngine.Create(m{preprocessing}); }}");
        run.Problems.ShouldBeEmpty();
        var errors = AnalyzerRun.Errors(run);
        if (expected.Length == 0) errors.ShouldBeEmpty();
        else errors.ShouldHaveSingleItem().ShouldContain(expected);
    }

    public static TheoryData<object?[], ElementType, object?[], int, string?> Shapes() => new()
    {
        { ["n", 3L, "h", "w"], ElementType.Float, ["n", 21L, "h", "w"], 0, "Logits" },
        { [1L, 3L, 512L, 512L], ElementType.Float, [1L, 19L, 128L, 128L], 19, "Logits" },
        { ["n", 1L, 64L, 64L], ElementType.Float, ["n", 2L, 64L, 64L], 0, "Logits" },
        { ["n", 3L, 64L, 64L], ElementType.Float, ["n", 1L, 64L, 64L], 1, "Logits" },
        { ["n", 3L, 64L, 64L], ElementType.Float, ["n", 1L, 64L, 64L], 2, "Logits" },
        { ["n", 3L, 64L, 64L], ElementType.Float, ["n", 3L, 64L, 64L], 3, "Logits" },
        { ["n", 3L, 64L, 64L], ElementType.Int64, ["n", 64L, 64L], 0, "LabelMap" },
        { ["n", 3L, 64L, 64L], ElementType.UInt8, ["n", 1L, 64L, 64L], 5, "LabelMap" },
        { ["batch", 3L, "height", "width"], ElementType.UInt8, ["cast_dim_0", "cast_dim_1", "cast_dim_2"], 6, "LabelMap" },
        { [1L, 3L, 64L, 96L], ElementType.Int32, [1L, 64L, 96L], 0, "LabelMap" },
        { [1L, 3L, 64L, 96L], ElementType.Bool, [1L, 1L, 64L, 96L], 1, "LabelMap" },
        // Without a batch dimension, in the proportions of the picture.
        { [1L, 3L, 64L, 96L], ElementType.Float, [19L, 32L, 48L], 0, "Logits" },
        { ["n", 3L, 64L, 96L], ElementType.Float, [3L, 64L, 96L], 3, "Logits" },
        { [1L, 3L, 64L, 96L], ElementType.Int64, [64L, 96L], 0, "LabelMap" },
        { [1L, 3L, 64L, 64L], ElementType.Float, [19L, 32L, 48L], 0, null },
        { [2L, 3L, 64L, 96L], ElementType.Float, [19L, 32L, 48L], 0, null },
        { [1L, 3L, 640L, 640L], ElementType.Float, [1L, 84L, 8400L], 1, null },
        { [1L, 3L, 64L, 64L], ElementType.Float, [3L, 64L, 64L], 0, null },
        // A picture, too many classes, another number of labels, another batch, planes of a label map.
        { ["n", 3L, 64L, 64L], ElementType.Float, ["n", 3L, 64L, 64L], 0, null },
        { ["n", 1L, 64L, 64L], ElementType.Float, ["n", 1L, 64L, 64L], 0, null },
        { ["n", 3L, 64L, 64L], ElementType.Float, ["n", 257L, 64L, 64L], 0, null },
        { ["n", 3L, 64L, 64L], ElementType.Float, ["n", 5L, 64L, 64L], 4, null },
        { ["n", 3L, 64L, 64L], ElementType.Float, [1L, 5L, 64L, 64L], 5, null },
        { ["n", 3L, 64L, 64L], ElementType.Int64, ["n", 2L, 64L, 64L], 0, null },
        { ["n", 3L, 64L, 64L], ElementType.Float, ["n", "c", 64L, 64L], 0, null },
        { ["n", 3L, 64L, 64L], ElementType.Float, ["n", 64L, 64L], 0, null },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_shapes_say_it(object?[] input, ElementType type, object?[] output, int labels, string? expected)
    {
        var run = GeneratorRun.Of(Model(input, type, output, labels), sources: expected is null ? [] : [Use]);
        if (expected is null)
        {
            run.Source.ShouldNotContain("ISemanticSegmentationModel");
            return;
        }

        run.Problems.ShouldBeEmpty();
        run.Source.ShouldContain($"=> Trt::SemanticSegmentationForm.{expected};");
    }

    [Fact]
    public void An_engine_takes_no_other_model()
    {
        var run = GeneratorRun.Of(Model(["n", 3L, 8L, 8L], ElementType.Float, ["n", 3L, 8L, 8L], 0), sources: Use);
        run.Problems.ShouldHaveSingleItem().ShouldStartWith("CS0618");
    }

    [Theory]
    [InlineData(3L, true)]
    [InlineData(1L, true)]
    [InlineData(257L, false)]
    public void TrtTask_says_that_an_output_is_no_picture(long planes, bool isFamily)
    {
        var run = GeneratorRun.WithItem(
            Model(["n", 3L, 8L, 8L], ElementType.Float, ["n", planes, 8L, 8L], 0),
            new() { ["TrtTask"] = "semanticsegmentation" });
        run.Ids.ShouldBe(isFamily ? [] : ["TRTB0110"]);
        run.Source.Contains("ISemanticSegmentationModel", StringComparison.Ordinal).ShouldBe(isFamily);
        // One plane is its class or nothing.
        if (isFamily) run.Source.ShouldContain($"public const int LabelCount = {Math.Max(planes, 2)};");
    }

    [Theory]
    [InlineData(21L, true)]
    [InlineData(20L, false)]
    public void A_second_head_must_give_what_the_first_gives(long planes, bool isFamily)
    {
        var model = Model(["n", 3L, 8L, 8L], ElementType.Float, ["n", 21L, 8L, 8L], 0)
            .Output("aux", ElementType.Float, "n", planes, 8L, 8L).Node("Relu", ["x"], ["aux"]);
        GeneratorRun.Of(model).Source.Contains("ISemanticSegmentationModel", StringComparison.Ordinal).ShouldBe(isFamily);
    }

    [Fact]
    public void TrtTask_takes_a_head_among_other_outputs()
    {
        var model = Model(["n", 3L, 8L, 8L], ElementType.Float, ["n", 6L, 21L], 0)
            .Output("drivable", ElementType.Float, "n", 2L, 8L, 8L).Output("lanes", ElementType.Float, "n", 5L, 8L, 8L)
            .Node("Relu", ["x"], ["drivable"]).Node("Relu", ["x"], ["lanes"]);
        GeneratorRun.Of(model).Source.ShouldNotContain("ISemanticSegmentationModel");
        var run = GeneratorRun.WithItem(model, new() { ["TrtTask"] = "SemanticSegmentation" }, Use);
        run.Problems.ShouldBeEmpty();
        run.Source.ShouldContain("SemanticSegmentationForm.Logits;");
    }

    private static OnnxModelBuilder Model(object?[] input, ElementType type, object?[] output, int labels)
    {
        var model = new OnnxModelBuilder().Input("x", ElementType.Float, input).Output("y", type, output)
            .Node("Relu", ["x"], ["y"]);
        return labels == 0 ? model
            : model.Metadata("names", "[" + string.Join(", ", Enumerable.Range(0, labels).Select(i => $"'c{i}'")) + "]");
    }
}
