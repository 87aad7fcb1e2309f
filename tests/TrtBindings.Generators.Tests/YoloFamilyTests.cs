namespace TrtBindings.Generators.Tests;

/// <summary>Recognition of YOLO detection, poses and oriented boxes in models with one output, and of their form.</summary>
public sealed class YoloFamilyTests
{
    /// <summary>Rows, columns, labels, task, kpt_shape, end2end; then family and form.</summary>
    public static TheoryData<object?, object?, int, string?, string?, string?, string?> Models() => new()
    {
        { 84L, 8400L, 80, "detect", null, null, "YoloDetect Dense" },
        { 84L, "anchors", 80, "detect", null, null, "YoloDetect Dense" },
        { 84L, 8400L, 0, "detect", null, null, "YoloDetect Dense" },
        { 300L, 6L, 80, "detect", null, "True", "YoloDetect EndToEnd" },
        { 300L, 6L, 0, null, null, null, "YoloDetect EndToEnd" },
        { 84L, 8400L, 80, null, null, null, "YoloDetect Dense" },
        { 56L, 8400L, 1, "pose", "[17, 3]", null, "YoloPose Dense" },
        { 300L, 57L, 1, "pose", "[17, 3]", "True", "YoloPose EndToEnd" },
        { 14L, 8400L, 2, "pose", "(4, 2)", null, "YoloPose Dense" },
        { 20L, 21504L, 15, "obb", null, null, "YoloObb Dense" },
        { 300L, 7L, 15, "obb", null, "True", "YoloObb EndToEnd" },
        // Both forms fit: 4 + 2 rows and 6 columns. Metadata decides; without it the rows of 6 are end-to-end rows.
        { 6L, 6L, 2, "detect", null, "False", "YoloDetect Dense" },
        { 6L, 6L, 2, "detect", null, "True", "YoloDetect EndToEnd" },
        { 6L, 6L, 2, "detect", null, null, "YoloDetect EndToEnd" },
        // Metadata does not override a shape that fits only one form.
        { 84L, 8400L, 80, "detect", null, "True", "YoloDetect Dense" },
        // Rows that neither labels nor task nor key points confirm.
        { 84L, 8400L, 0, null, null, null, null },
        { 85L, 8400L, 80, "detect", null, null, null },
        { 56L, 8400L, 1, "pose", null, null, null },
        { 56L, 8400L, 1, "pose", "[17, 4]", null, null },
        { 56L, 8400L, 1, null, "[17, 3]", null, null },
        { 20L, 8400L, 15, null, null, null, null },
        { 300L, 7L, 15, null, null, null, null },
        { 84L, 8400L, 80, "classify", null, null, null },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void Metadata_and_shapes_together_say_it(
        object? rows, object? columns, int labels, string? task, string? points, string? endToEnd, string? expected)
    {
        var run = GeneratorRun.Of(Model(rows, columns, labels, task, points, endToEnd));
        run.Problems.ShouldBeEmpty();
        if (expected is null)
        {
            run.Source.ShouldNotContain("Trt::IYolo");
            return;
        }

        var words = expected.Split(' ');
        run.Source.ShouldContain($"Trt::I{words[0]}Model<");
        run.Source.ShouldContain($"=> Trt::YoloForm.{words[1]};");
    }

    [Fact]
    public void A_pose_model_says_how_many_points_it_has()
    {
        var run = GeneratorRun.Of(Model(14L, 8400L, 2, "pose", "[4, 2]", null));
        run.Source.ShouldContain(".KeyPointCount => 4;");
        run.Source.ShouldContain(".KeyPointValues => 2;");
    }

    [Theory]
    [InlineData("YoloDetect", 84L, "")]
    [InlineData("YoloObb", 84L, "")]
    [InlineData("YoloPose", 84L, "TRTB0110")]
    [InlineData("YoloSeg", 84L, "TRTB0110")]
    [InlineData("YoloDetect", 4L, "TRTB0110")]
    public void TrtTask_decides_where_nothing_else_does(string task, long rows, string expected)
    {
        var run = GeneratorRun.WithItem(Model(rows, 8400L, 0, null, null, null), new() { ["TrtTask"] = task });
        string.Join(' ', run.Ids).ShouldBe(expected);
        run.Source.Contains($"I{task}Model", StringComparison.Ordinal).ShouldBe(expected.Length == 0);
    }

    [Theory]
    [InlineData("YoloDetectEngine", "")]
    [InlineData("YoloPoseEngine", "CS0619")]
    [InlineData("YoloObbEngine", "CS0619")]
    [InlineData("YoloSegEngine", "CS0619")]
    public void An_engine_takes_no_other_family(string engine, string expected)
    {
        var use = "internal static class Use { public static object It(MyApp.Model m) => "
            + $"TrtBindings.Vision.{engine}.Create(m); }}";
        var run = GeneratorRun.Of(Model(84L, 8400L, 80, "detect", null, null), sources: use);
        run.Problems.Select(problem => problem[..6]).ShouldBe(expected.Length == 0 ? [] : [expected]);
    }

    private static OnnxModelBuilder Model(
        object? rows, object? columns, int labels, string? task, string? points, string? endToEnd)
    {
        var model = new OnnxModelBuilder().Input("images", ElementType.Float, "batch", 3L, 640L, 640L)
            .Output("output0", ElementType.Float, "batch", rows, columns).Node("Relu", ["images"], ["output0"]);
        if (labels > 0)
            model.Metadata("names", "{" + string.Join(", ", Enumerable.Range(0, labels).Select(i => $"{i}: 'c{i}'")) + "}");
        if (task is not null) model.Metadata("task", task);
        if (points is not null) model.Metadata("kpt_shape", points);
        if (endToEnd is not null) model.Metadata("end2end", endToEnd);
        return model;
    }
}
