namespace TrtBindings.Generators.Tests;

/// <summary>Mistakes that the generated types turn into compiler errors, and the nearest correct code compiles.</summary>
public sealed class CompileFailsTests
{
    [Theory]
    [InlineData(116L, "")]
    [InlineData(115L, "CS0618")]
    public void An_engine_takes_only_a_model_of_its_shape(long rows, string expected)
    {
        // 80 labels, 32 masks and 4 rows for the box make 116.
        var labels = "[" + string.Join(", ", Enumerable.Range(0, 80).Select(i => $"'c{i}'")) + "]";
        var model = Models.YoloSeg(1L, [rows, 8400L], [32L, 160L, 160L], labels);
        Fails(
            model, expected,
            "internal static class Use { public static object It(MyApp.Model m) => TrtBindings.Vision.YoloSegEngine.Create(m); }",
            rows == 116 ? [] : ["TRTB0131"]);
    }

    [Theory]
    [InlineData("float", "")]
    [InlineData("byte", "CS1503")]
    public void Memory_of_another_element_type_is_refused(string type, string expected) => Fails(
        Models.Identity(), expected,
        $"internal static class Use {{ public static object It(MyApp.Model m, {type}[] x) => m.WrapInputs(x); }}");

    [Theory]
    [InlineData("System.Span<float> s = inputs.X.Span;", "")]
    [InlineData("System.Span<double> s = inputs.X.Span;", "CS0029")]
    [InlineData("System.Span<float> s = inputs.Y.Span;", "CS1061")]
    [InlineData("inputs.Resize(n: 3);", "")]
    [InlineData("inputs.Resize(batch: 3);", "CS1739")]
    [InlineData("inputs.Resize();", "CS7036")]
    [InlineData("_ = inputs.N; _ = inputs.NCapacity;", "")]
    public void Members_are_what_the_model_has(string statement, string expected) => Fails(
        Models.Identity("x", "y", "n", 4L), expected,
        $"internal static class Use {{ public static void It(MyApp.Model.Inputs inputs) {{ {statement} }} }}", "CS0219");

    [Theory]
    [InlineData("m.AllocateInputs(n: 2)", "")]
    [InlineData("m.AllocateInputs()", "CS7036")]
    [InlineData("m.AllocateInputs(2, 3)", "CS1501")]
    public void Every_dynamic_dimension_must_be_given(string expression, string expected) => Fails(
        Models.Identity("x", "y", "n", 4L), expected,
        $"internal static class Use {{ public static object It(MyApp.Model m) => {expression}; }}");

    [Fact]
    public void Outputs_are_not_inputs() => Fails(
        Models.Identity(), "CS1503",
        "internal static class Use { public static void It(MyApp.Model m, MyApp.Model.Outputs o) => m.Run(o, o); }");

    [Fact]
    public void Outputs_cannot_be_written() => Fails(
        Models.Identity(), "CS8331",
        "internal static class Use { public static void It(MyApp.Model.Outputs o) { o.Y.Span[0] = 1; } }");

    private static void Fails(OnnxModelBuilder model, string expected, string code, params string[] ignored)
    {
        var run = GeneratorRun.Of(model, sources: code);
        run.Ids.ShouldBe(ignored.Where(i => i.StartsWith("TRTB", StringComparison.Ordinal)));
        var ids = run.Problems.Select(p => p[..p.IndexOf(' ')]).Except(ignored).Distinct();
        ids.ShouldBe(expected.Length == 0 ? [] : [expected], string.Join('\n', run.Problems));
    }
}
