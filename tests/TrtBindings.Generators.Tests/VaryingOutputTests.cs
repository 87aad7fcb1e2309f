namespace TrtBindings.Generators.Tests;

/// <summary>Declared sizes of outputs that do not hold for every size of the inputs.</summary>
public sealed class VaryingOutputTests
{
    /// <summary>A score for each cell of 2 × 2 pixels, as SCRFD has it: traced at 16 × 16, then opened for any size.</summary>
    private static OnnxModelBuilder Cells(object height, object width) => new OnnxModelBuilder()
        .Input("x", ElementType.Float, 1L, 1L, height, width).Output("cells", ElementType.Float, 64L, 1L)
        .Graph(g => g.Initializer(OnnxTensor.Int64s("rows", [2], -1, 1)))
        .Node("AveragePool", ["x"], ["p"], OnnxAttribute.Ints("kernel_shape", 2, 2), OnnxAttribute.Ints("strides", 2, 2))
        .Node("Reshape", ["p", "rows"], ["cells"]);

    [Fact]
    public void They_are_dynamic_and_the_others_are_facts()
    {
        var run = GeneratorRun.Of(Cells("h", "w"));
        run.Ids.ShouldBeEmpty();
        run.Source.ShouldContain("OutputTensor<float, S::Dynamic, _1> Cells ");
        run.Source.ShouldContain("float [?, 1]");
        run.Source.ShouldContain("Of(\"cells\", Trt::ElementType.Float, Trt::Dimension.Varying(64), 1)");
        run.Source.ShouldNotContain("Dim0 =");
        run.Source.ShouldContain("Rank = 2, Dim1 = 1;");
        run.Source.ShouldNotContain("_64");
    }

    [Fact]
    public void Sizes_stay_facts_where_all_inputs_are_fixed()
    {
        var run = GeneratorRun.Of(Cells(16L, 16L));
        run.Source.ShouldContain("OutputTensor<float, _64, _1> Cells ");
        run.Source.ShouldContain("Dim0 = 64");
    }

    [Fact]
    public void A_row_beyond_the_declared_ones_compiles_and_is_there_at_a_larger_size()
    {
        using var folder = new ModelFolder();
        var path = folder.Add("cells.onnx", Cells("h", "w"));
        const string Use = """
            public static class Use
            {
                public static string It(string path)
                {
                    using var model = MyApp.Cells.Load(path);
                    using var inputs = model.AllocateInputs(h: 32, w: 16);
                    using var outputs = model.AllocateOutputs();
                    inputs.X.Span.Fill(2);
                    model.Run(inputs, outputs);
                    var seen = $"{outputs.Cells.View.Length0} {outputs.Cells.View[127, 0]} ";
                    inputs.Resize(h: 2, w: 2);
                    using var few = model.WrapOutputs(new float[1]);
                    model.Run(inputs, few);
                    return seen + few.Cells.View.Length0;
                }
            }
            """;
        var run = GeneratorRun.Of([path], "MyApp", sources: Use);
        AnalyzerRun.Errors(run).ShouldBeEmpty();
        var type = RunTests.Compile([path], new(), Use)["cells.onnx"];
        ((string)type.Assembly.GetType("Use")!.GetMethod("It")!.Invoke(null, [path])!).ShouldBe("128 2 1");
    }
}
