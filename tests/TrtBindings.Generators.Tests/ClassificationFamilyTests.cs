namespace TrtBindings.Generators.Tests;

/// <summary>Recognition of classification models.</summary>
public sealed class ClassificationFamilyTests
{
    private const string Use = "internal static class Use { public static object It(MyApp.Model m) => "
        + "TrtBindings.Vision.ClassificationEngine.Create(m, TrtBindings.Vision.ClassificationPreprocessing.Timm); }";

    public static TheoryData<object?[], object?[], string?, string?> Shapes() => new()
    {
        { ["batch", 3L, 224L, 224L], ["batch", 3L], "3", "ChannelsFirst" },
        { [1L, 3L, 224L, 224L], [1L, 1000L], "1000", "ChannelsFirst" },
        { ["n", 1L, 28L, 28L], ["n", 10L, 1L, 1L], "10", "ChannelsFirst" },
        { ["n", "h", "w", 3L], ["n", 10L], "10", "ChannelsLast" },
        { ["n", 3L, "h", "w"], ["n", 1L, 10L], "10", "ChannelsFirst" },
        // A face embedding, and other models of these shapes that nothing declares to be classifiers.
        { ["n", 3L, 112L, 112L], ["n", 512L], null, null },
        { [1L, 3L, 224L, 224L], [1L, 1000L], null, null },
        // An open batch of another name, where the labels say that this is the family.
        { ["a", 3L, 224L, 224L], ["b", 3L], "3", "ChannelsFirst" },
        { ["a", 3L, 224L, 224L], ["b", 3L], null, null },
        { [1L, 3L, 224L, 224L], ["rows", 6L], null, null },
        { [2L, 3L, 224L, 224L], [1L, 6L], "6", null },
        // Another number of labels, one class, two dimensions that are not 1, an open number, five channels.
        { ["n", 3L, 224L, 224L], ["n", 4L], "3", null },
        { ["n", 3L, 224L, 224L], ["n", 1L], null, null },
        { ["n", 3L, 224L, 224L], ["n", 4L, 7L], null, null },
        { ["n", 3L, 224L, 224L], ["n", "k"], null, null },
        { ["n", 5L, 224L, 224L], ["n", 7L], null, null },
        { ["n", 3L, 224L], ["n", 7L], null, null },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_shapes_say_it(object?[] input, object?[] output, string? labels, string? expected)
    {
        var run = GeneratorRun.Of(Model(input, output, labels), sources: expected is null ? [] : [Use]);
        run.Problems.ShouldBeEmpty();
        if (expected is null) run.Source.ShouldNotContain("IClassificationModel");
        else run.Source.ShouldContain($"=> Trt::ClassificationForm.{expected};");
    }

    [Fact]
    public void An_engine_takes_no_other_model()
    {
        var run = GeneratorRun.Of(Model(["n", 3L, 8L, 8L], ["n", 4L, 7L], null), sources: Use);
        run.Problems.ShouldHaveSingleItem().ShouldStartWith("CS0618");
    }

    [Theory]
    [InlineData("Softmax", null, true)]
    [InlineData("LogSoftmax", null, true)]
    [InlineData("Relu", "classify", true)]
    [InlineData("Sigmoid", null, false)]
    [InlineData("Relu", "embed", false)]
    public void A_softmax_at_the_end_or_the_metadatas_task_says_that_numbers_are_classes(string last, string? task, bool isFamily)
    {
        var model = Model(["n", 3L, 8L, 8L], ["n", 4L], null, last);
        if (task is not null) model.Metadata("task", task);
        var run = GeneratorRun.Of(model, sources: Use);
        run.Problems.Select(problem => problem[..6]).ShouldBe(isFamily ? [] : ["CS0618"]);
        run.Source.Contains("LabelCount = 4;", StringComparison.Ordinal).ShouldBe(isFamily);
        if (!isFamily) run.Problems[0].ShouldContain("TrtTask=\"Classification\"");
    }

    [Theory]
    [InlineData("Ultralytics", "ClassificationPreprocessing.Torchvision", true)]
    [InlineData("Ultralytics", "ClassificationPreprocessing.Timm with { CropFraction = 1 }", true)]
    [InlineData("Ultralytics", "ClassificationPreprocessing.Ultralytics", false)]
    [InlineData("Ultralytics", "new ClassificationPreprocessing()", false)]
    [InlineData("someone", "ClassificationPreprocessing.Torchvision", false)]
    public void A_preset_that_is_not_the_exporters_is_reported(string author, string preprocessing, bool isReported)
    {
        var use = $"using TrtBindings.Vision; internal static class Use {{ public static object It(MyApp.Model m) => "
            + $"ClassificationEngine.Create(m, {preprocessing}); }}";
        var run = GeneratorRun.Of(
            Model(["n", 3L, 8L, 8L], ["n", 4L], "4").Metadata("task", "classify").Metadata("author", author), sources: use);
        run.Problems.ShouldBeEmpty();
        var errors = AnalyzerRun.Errors(run);
        if (isReported) errors.ShouldHaveSingleItem().ShouldStartWith("TRTB0310 The metadata of 'Model' says");
        else errors.ShouldBeEmpty();
    }

    [Fact]
    public void An_engine_may_take_its_preprocessing_from_the_metadata() => GeneratorRun.Of(
        Model(["n", 3L, 8L, 8L], ["n", 4L], "4"),
        sources: "internal static class Use { public static object It(MyApp.Model m) => "
            + "TrtBindings.Vision.ClassificationEngine.Create(m, new TrtBindings.Vision.ClassificationOptions { Top = 2 }); "
            + "public static object Other(MyApp.Model m) => TrtBindings.Vision.ClassificationEngine.Create(m); }")
        .Problems.ShouldBeEmpty();

    [Theory]
    [InlineData("Classification", "", true)]
    [InlineData("YoloSeg", "TRTB0110", false)]
    public void TrtTask_confirms_or_refuses(string task, string expected, bool isFamily)
    {
        var run = GeneratorRun.WithItem(Model(["a", 3L, 8L, 8L], ["b", 4L], null), new() { ["TrtTask"] = task });
        string.Join(' ', run.Ids).ShouldBe(expected);
        run.Source.Contains("IClassificationModel", StringComparison.Ordinal).ShouldBe(isFamily);
    }

    [Fact]
    public void TrtTask_against_the_shapes_says_what_is_wanted() =>
        GeneratorRun.WithItem(Model(["n", 3L, 8L, 8L], ["n", 4L, 7L], null), new() { ["TrtTask"] = "Classification" })
            .Messages.ShouldHaveSingleItem().ShouldContain("one float output [N, classes]");

    private static OnnxModelBuilder Model(object?[] input, object?[] output, string? labels, string last = "Relu")
    {
        var model = new OnnxModelBuilder().Input("x", ElementType.Float, input).Output("y", ElementType.Float, output)
            .Node(last, ["x"], ["y"]);
        if (labels is null) return model;
        var names = Enumerable.Range(0, int.Parse(labels)).Select(i => $"'c{i}'");
        return model.Metadata("names", "[" + string.Join(", ", names) + "]");
    }
}
