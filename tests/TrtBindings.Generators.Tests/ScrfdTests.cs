namespace TrtBindings.Generators.Tests;

/// <summary>Recognition of SCRFD face detectors.</summary>
public sealed class ScrfdTests
{
    [Theory]
    [InlineData(3, false, "ThreeStrides")]
    [InlineData(3, true, "ThreeStridesKeyPoints")]
    [InlineData(5, false, "FiveStrides")]
    [InlineData(5, true, "FiveStridesKeyPoints")]
    public void The_form_follows_from_the_number_of_outputs(int strides, bool keyPoints, string expected)
    {
        foreach (var isBatched in new[] { true, false })
        {
            var run = GeneratorRun.Of(Model("n", 640, 640, strides, keyPoints, isBatched ? "n" : null));
            run.Problems.ShouldBeEmpty();
            run.Source.ShouldContain("Trt::IOnnxModel<Model>, Trt::IScrfdModel");
            run.Source.ShouldContain($"IScrfdModel.Form => Trt::ScrfdForm.{expected};");
            run.Source.ShouldNotContain("enum Label");
        }
    }

    [Fact]
    public void Sides_that_are_no_multiple_of_a_stride_have_one_cell_more() =>
        IsScrfd(Model(1L, 480, 640, 5, true, 1L)).ShouldBeTrue();

    [Fact]
    public void An_open_size_leaves_the_rows_open() =>
        IsScrfd(Model(1L, "h", "w", 3, true, null, rows: 7)).ShouldBeTrue();

    [Fact]
    public void Rows_of_another_size_are_another_family() =>
        IsScrfd(Model(1L, 640, 640, 3, true, 1L, rows: 800)).ShouldBeFalse();

    [Fact]
    public void Rows_without_a_batch_are_not_of_a_model_that_always_takes_two_images() =>
        IsScrfd(Model(2L, 640, 640, 3, true, null)).ShouldBeFalse();

    [Fact]
    public void Outputs_in_another_order_are_another_family()
    {
        var model = new OnnxModelBuilder().Input("x", ElementType.Float, 1L, 3L, "h", "w");
        foreach (var (values, i) in new[] { 1L, 4, 10, 1, 4, 10, 1, 4, 10 }.Select((v, i) => (v, i)))
            model.Output($"o{i}", ElementType.Float, 1L, null, values).Node("Relu", ["x"], [$"o{i}"]);
        IsScrfd(model).ShouldBeFalse();
    }

    [Theory]
    [InlineData("scrfd", "")]
    [InlineData("YoloSeg", "TRTB0110")]
    public void TrtTask_is_checked_against_the_shapes(string task, string expected)
    {
        var run = GeneratorRun.WithItem(Model(1L, 640, 640, 3, true, 1L), new() { ["TrtTask"] = task });
        run.Ids.ShouldBe(expected.Length == 0 ? [] : [expected]);
        run.Source.Contains("IScrfdModel").ShouldBe(expected.Length == 0);
    }

    [Theory]
    [InlineData(12800, "")]
    [InlineData(12801, "CS0618")]
    public void An_engine_takes_only_a_model_of_its_shape(int rows, string expected)
    {
        const string Use = "internal static class Use { "
            + "public static object It(MyApp.Model m) => TrtBindings.Vision.ScrfdEngine.Create(m); }";
        var run = GeneratorRun.Of(Model(1L, 640, 640, 3, true, 1L, rows), sources: Use);
        run.Problems.Select(problem => problem[..problem.IndexOf(' ')]).Distinct()
            .ShouldBe(expected.Length == 0 ? [] : [expected], string.Join('\n', run.Problems));
    }

    private static bool IsScrfd(OnnxModelBuilder model) => GeneratorRun.Of(model).Source.Contains("IScrfdModel");

    /// <summary>
    /// A model whose outputs lack the batch if it is <see langword="null"/>; a number of rows stands in for what the size says
    /// of the first of each kind.
    /// </summary>
    private static OnnxModelBuilder Model(
        object images, object height, object width, int strides, bool keyPoints, object? batch, long? rows = null)
    {
        var model = new OnnxModelBuilder().Input("input.1", ElementType.Float, images, 3L, height, width);
        for (var i = 0; i < strides * (keyPoints ? 3 : 2); i++)
        {
            var stride = 8L << (i % strides);
            var cells = height is int h && width is int w ? (h + stride - 1) / stride * ((w + stride - 1) / stride) : 1;
            var anchors = strides == 3 ? 2 : 1;
            object[] shape =
            [
                i % strides == 0 && rows is { } all ? all : anchors * cells, (i / strides) switch { 0 => 1L, 1 => 4L, _ => 10L },
            ];
            model.Output($"o{i}", ElementType.Float, batch is null ? shape : [batch, .. shape]);
            model.Node("Relu", ["input.1"], [$"o{i}"]);
        }

        return model;
    }
}
