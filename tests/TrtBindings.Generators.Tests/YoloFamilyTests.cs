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
        { "n", 6L, 0, null, null, null, "YoloDetect EndToEnd" },
        { 300L, 6L, 3, null, null, null, "YoloDetect EndToEnd" },
        { 84L, 8400L, 80, null, null, null, "YoloDetect Dense" },
        { 56L, 8400L, 1, "pose", "[17, 3]", null, "YoloPose Dense" },
        { 300L, 57L, 1, "pose", "[17, 3]", "True", "YoloPose EndToEnd" },
        { 14L, 8400L, 2, "pose", "(4, 2)", null, "YoloPose Dense" },
        { 20L, 21504L, 15, "obb", null, null, "YoloObb Dense" },
        { 300L, 7L, 15, "obb", null, "True", "YoloObb EndToEnd" },
        // Both forms fit: 4 + 2 rows and 6 columns. Metadata decides; without it the rows of 6 are end-to-end rows.
        { 6L, 6L, 2, "detect", null, "False", "YoloDetect Dense" },
        { 6L, 6L, 2, "detect", null, "True", "YoloDetect EndToEnd" },
        // Rows for each cell of the grid of a 640 x 640 image, 8400, or three for each.
        { 8400L, 84L, 80, "detect", null, null, "YoloDetect Transposed" },
        { 8400L, 6L, 2, "detect", null, null, "YoloDetect Transposed" },
        { 8400L, 6L, 2, null, null, null, "YoloDetect Transposed" },
        { 8400L, 56L, 1, "pose", "[17, 3]", null, "YoloPose Transposed" },
        { 8400L, 7L, 2, "obb", null, null, "YoloObb Transposed" },
        { 25200L, 6L, 1, null, null, null, "YoloDetect YoloV5" },
        { 25200L, 6L, 0, null, null, null, "YoloDetect YoloV5" },
        { 25200L, 85L, 0, null, null, null, "YoloDetect YoloV5" },
        // Selected rows that are as many as the grid has cells.
        { 8400L, 6L, 3, "detect", null, "True", "YoloDetect EndToEnd" },
        // Metadata does not override a shape that fits only one form.
        { 84L, 8400L, 80, "detect", null, "True", "YoloDetect Dense" },
        // Rows that neither labels nor task nor key points confirm.
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

    /// <summary>Rows, columns, labels, task, end2end, description; then what the warning names.</summary>
    [Theory]
    [InlineData(8400L, 6L, 1, null, null, null, "YoloX or, for YOLOv6")]
    [InlineData(8400L, 6L, 0, null, null, null, "YoloTransposed (2 classes), YoloX")]
    [InlineData(8400L, 6L, 80, null, null, null, "YoloEndToEnd (corners")]
    [InlineData(8400L, 85L, 0, null, null, null, "YoloTransposed (81 classes), YoloX")]
    [InlineData(300L, 6L, 0, null, null, null, "YoloEndToEnd or RtDetr")]
    [InlineData(300L, 6L, 2, null, null, null, "YoloEndToEnd or RtDetr")]
    [InlineData(300L, 6L, 80, "detect", "False", null, "YoloEndToEnd, YoloTransposed")]
    [InlineData(6L, 6L, 2, "detect", null, null, "YoloEndToEnd or RtDetr")]
    [InlineData(1L, 6L, 1, null, null, null, "TrtTask is YoloEndToEnd")]
    [InlineData(84L, 8400L, 0, null, null, null, "YoloDetect, YoloPose or YoloObb")]
    public void A_head_that_can_be_read_in_several_ways_is_none_until_TrtTask_names_it(
        long rows, long columns, int labels, string? task, string? endToEnd, string? description, string expected)
    {
        var model = Model(rows, columns, labels, task, null, endToEnd);
        if (description is not null) model.Metadata("description", description);
        var run = GeneratorRun.Of(model);
        run.Ids.ShouldBe(["TRTB0133"]);
        run.Messages.ShouldHaveSingleItem().ShouldContain(expected);
        run.Source.ShouldNotContain("Trt::IYolo");
        run.Source.ShouldNotContain("Trt::IRtDetr");
    }

    [Theory]
    [InlineData("Ultralytics YOLOv10n model trained on pets.yaml", null, "Trt::YoloForm.EndToEnd")]
    [InlineData("Ultralytics rt-detr-l model trained on pets.yaml", "False", "Trt::RtDetrForm.Scores")]
    [InlineData("Ultralytics rtdetr-x model trained on pets.yaml", null, "Trt::RtDetrForm.Scores")]
    [InlineData("Ultralytics best model trained on pets.yaml", "False", "Trt::RtDetrForm.Scores")]
    public void Two_classes_in_rows_of_six_are_told_by_the_exporters_description(
        string description, string? endToEnd, string expected)
    {
        var run = GeneratorRun.Of(Model(300L, 6L, 2, "detect", null, endToEnd).Metadata("description", description));
        run.Problems.ShouldBeEmpty();
        run.Source.ShouldContain(expected);
    }

    /// <summary>A dynamic size, of which the exporter named every dimension.</summary>
    [Theory]
    [InlineData("detect", "head", "RTDETRDecoder", "RtDetr", "Trt::RtDetrForm.Rows")]
    [InlineData("detect", "description", "Ultralytics rtdetr-l model ", "RtDetr", "Trt::RtDetrForm.Scores")]
    [InlineData("detect", "author", "Ultralytics", "YoloDetect", "Trt::YoloForm.Dense")]
    [InlineData("classify", "author", "Ultralytics", "Classification", "Trt::ClassificationForm.ChannelsFirst")]
    public void An_engine_takes_a_model_whose_outputs_have_no_fixed_dimension(
        string task, string key, string value, string engine, string form)
    {
        object[] shape = task == "classify" ? ["o_dim_0", "o_dim_1"] : ["o_dim_0", "o_dim_1", "o_dim_2"];
        var model = new OnnxModelBuilder().Input("images", ElementType.Float, "batch", 3L, "height", "width")
            .Output("output0", ElementType.Float, shape).Node("Relu", ["images"], ["output0"])
            .Metadata("names", "['a', 'b', 'c', 'd', 'e']").Metadata("task", task).Metadata(key, value);
        var run = GeneratorRun.Of(model, sources: "internal static class Use { public static object It(MyApp.Model m) => "
            + $"TrtBindings.Vision.{engine}Engine.Create(m); }}");
        run.Problems.ShouldBeEmpty();
        run.Source.ShouldContain(form);
    }

    [Fact]
    public void A_transposed_model_that_kept_its_metadata_is_no_RT_DETR()
    {
        var run = GeneratorRun.Of(Model(8400L, 84L, 80, "detect", null, "False"));
        run.Source.ShouldContain("Trt::YoloForm.Transposed");
    }

    [Theory]
    [InlineData("YoloEndToEnd", 8400L, 6L, "Trt::YoloForm.EndToEnd")]
    [InlineData("YoloTransposed", 8400L, 6L, "Trt::YoloForm.Transposed")]
    [InlineData("yolov5", 8400L, 6L, "Trt::YoloForm.YoloV5")]
    [InlineData("YoloX", 8400L, 6L, "Trt::YoloForm.YoloX;")]
    [InlineData("RtDetr", 8400L, 6L, "Trt::RtDetrForm.Rows")]
    [InlineData("YoloV5", "anchors", 85L, "Trt::YoloForm.YoloV5")]
    [InlineData("YoloEndToEnd", 1L, 6L, "Trt::YoloForm.EndToEnd")]
    public void TrtTask_names_the_head(string task, object rows, long columns, string expected)
    {
        var run = GeneratorRun.WithItem(Model(rows, columns, 0, null, null, null), new() { ["TrtTask"] = task });
        run.Ids.ShouldBeEmpty();
        run.Problems.ShouldBeEmpty();
        run.Source.ShouldContain(expected);
    }

    [Fact]
    public void A_YOLOX_with_an_exponential_is_decoded()
    {
        var model = Model(8400L, 6L, 1, null, null, null).Node("Exp", ["images"], ["sizes"]);
        GeneratorRun.WithItem(model, new() { ["TrtTask"] = "YoloX" }).Source.ShouldContain("Trt::YoloForm.YoloXDecoded;");
    }

    [Theory]
    [InlineData("YoloDetect", 8400L, 6L, 1, "YoloX or, for YOLOv6")]
    [InlineData("YoloV5", 8400L, 6L, 2, "columns for 1 classes, but the model has 2 labels")]
    [InlineData("YoloEndToEnd", 8400L, 84L, 0, "must have rows of 6 numbers")]
    [InlineData("YoloX", 8400L, 5L, 0, "must have 5 + classes columns")]
    public void TrtTask_against_the_sizes_says_why(string task, long rows, long columns, int labels, string expected)
    {
        var run = GeneratorRun.WithItem(Model(rows, columns, labels, null, null, null), new() { ["TrtTask"] = task });
        run.Ids[0].ShouldBe("TRTB0110");
        run.Messages[0].ShouldContain(expected);
    }

    [Theory]
    [InlineData(85L, 8400L, 80, "detect", "81", "YoloDetectEngine")]
    [InlineData(5L, 8400L, 80, "detect", "1", "YoloDetectEngine")]
    [InlineData(25200L, 6L, 80, null, "1", "YoloDetectEngine")]
    public void A_head_whose_only_fault_is_the_number_of_names_says_that(
        long rows, long columns, int labels, string? task, string classes, string engine)
    {
        var run = GeneratorRun.Of(Model(rows, columns, labels, task, null, null));
        run.Ids.ShouldBe(["TRTB0131"]);
        run.Messages[0].ShouldContain($"names {labels} classes, and the head has {classes}. {engine}");
    }

    [Theory]
    [InlineData(ElementType.Float16, 3L, true)]
    [InlineData(ElementType.Float, 1L, true)]
    [InlineData(ElementType.Double, 3L, false)]
    [InlineData(ElementType.Float, 2L, false)]
    public void Half_precision_and_one_channel_are_of_the_family(ElementType type, long channels, bool isFamily)
    {
        var model = new OnnxModelBuilder().Input("images", type, "batch", channels, 640L, 640L)
            .Output("output0", type, "batch", 7L, 8400L).Node("Relu", ["images"], ["output0"])
            .Metadata("names", "['a', 'b', 'c']");
        GeneratorRun.Of(model).Source.Contains("IYoloDetectModel", StringComparison.Ordinal).ShouldBe(isFamily);
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
    [InlineData("YoloPoseEngine", "CS0618")]
    [InlineData("YoloObbEngine", "CS0618")]
    [InlineData("YoloSegEngine", "CS0618")]
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
