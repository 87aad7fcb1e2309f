namespace TrtBindings.Generators.Tests;

/// <summary>A model given to an engine that does not take it is one error, which names the right engine or the reason.</summary>
public sealed class WrongEngineTests
{
    [Fact]
    public void The_error_names_the_engine_that_takes_the_model_and_nothing_else_is_reported()
    {
        var errors = Errors(Models.YoloSeg(1L, [39L, 8400L], [32L, 160L, 160L]), "YoloDetectEngine");
        errors.ShouldBe(["TRTB0311 'Model' is not a model for YoloDetectEngine: YoloSegEngine takes it"]);
    }

    [Fact]
    public void The_right_engine_is_no_error() =>
        Errors(Models.YoloSeg(1L, [39L, 8400L], [32L, 160L, 160L]), "YoloSegEngine").ShouldBeEmpty();

    [Fact]
    public void A_head_that_is_unclear_says_what_decides()
    {
        var model = new OnnxModelBuilder().Input("images", ElementType.Float, 1L, 3L, 640L, 640L)
            .Output("output0", ElementType.Float, 1L, 8400L, 6L).Node("Relu", ["images"], ["output0"]);
        Errors(model, "YoloDetectEngine").ShouldHaveSingleItem()
            .ShouldContain("TrtTask says which it is, YoloTransposed (2 classes), YoloX");
    }

    [Fact]
    public void A_wrong_number_of_names_is_the_reason()
    {
        var model = new OnnxModelBuilder().Input("images", ElementType.Float, 1L, 3L, 640L, 640L)
            .Output("output0", ElementType.Float, 1L, 5L, 8400L).Node("Relu", ["images"], ["output0"])
            .Metadata("task", "detect").Metadata("names", "['a', 'b', 'c']");
        Errors(model, "YoloDetectEngine").ShouldHaveSingleItem()
            .ShouldContain("the metadata names 3 classes, and the head has 1");
    }

    [Fact]
    public void A_task_that_no_engine_fits_is_the_reason_and_the_class_is_an_ordinary_one()
    {
        var model = new OnnxModelBuilder().Input("images", ElementType.Float, 1L, 3L, 320L, 320L)
            .Output("output0", ElementType.Float, 1L, 1L, 320L, 320L).Node("Relu", ["images"], ["output0"])
            .Metadata("task", "depth").Metadata("names", "{0: 'depth'}").Metadata("author", "Ultralytics");
        Errors(model, "YoloDetectEngine").ShouldHaveSingleItem()
            .ShouldContain("the metadata says that its task is 'depth', which no engine fits. Its class runs without one");
        var run = GeneratorRun.Of(model);
        run.Ids.ShouldBeEmpty();
        run.Problems.ShouldBeEmpty();
        run.Source.ShouldNotContain("Trt::ISemanticSegmentationModel");
    }

    [Fact]
    public void Any_other_model_is_told_what_the_family_has_and_how_to_ask() =>
        Errors(Models.Identity(), "YoloDetectEngine").ShouldHaveSingleItem()
            .ShouldContain("If it is one, TrtTask=\"YoloDetect\" on its item says what is different");

    [Fact]
    public void Something_that_is_no_model_is_told_so()
    {
        var run = GeneratorRun.Of(Models.Identity(), sources:
            "internal static class Use { public static object It() => "
            + "TrtBindings.Vision.YoloDetectEngine.Create(\"model.onnx\"); }");
        AnalyzerRun.Build(run).ShouldHaveSingleItem()
            .ShouldContain("'String' is not a model for YoloDetectEngine: it takes the class that the build generates");
    }

    private static string[] Errors(OnnxModelBuilder model, string engine)
    {
        var run = GeneratorRun.Of(model, sources:
            $$"""
            using TrtBindings.Vision;

            internal static class Use
            {
                public static int It(MyApp.Model model, ImageView image)
                {
                    using var engine = {{engine}}.Create(model);
                    var count = 0;
                    foreach (var found in engine.Detect(image)) count += found.ClassIndex + engine.MaxBatch;
                    return count;
                }
            }
            """);
        return AnalyzerRun.Build(run);
    }
}
