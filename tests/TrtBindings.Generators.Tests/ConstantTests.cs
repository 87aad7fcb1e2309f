namespace TrtBindings.Generators.Tests;

/// <summary>Constants that no run accepts do not compile, and the nearest valid constants do.</summary>
public sealed class ConstantTests
{
    /// <summary>Separates several diagnostics.</summary>
    private const string And = " & ";

    /// <summary>Gives [n, 3, 640] from [n, 3, 640], and [3] from [3].</summary>
    private static OnnxModelBuilder Shaped => Models.Identity("x", "y", "n", 3L, 640L)
        .Input("v", ElementType.Float, 3L).Output("w", ElementType.Float, 3L).Output("none", ElementType.Float, 0L, 2L)
        .Node("Identity", ["v"], ["w"]);

    [Theory]
    [InlineData("_ = i.V[2];", "")]
    [InlineData("_ = i.V[3];", "Dimension 0 has size 3 and indices 0 to 2, so 3 is no index of it")]
    [InlineData("_ = o.W[3];", "Dimension 0 has size 3 and")]
    [InlineData("_ = i.V.View[3];", "Dimension 0 has size 3 and")]
    [InlineData("_ = o.W.View[-1];", "indices 0 to 2, so -1 is no index")]
    [InlineData("i.V[3] = 1f;", "Dimension 0 has size 3 and")]
    [InlineData("_ = i.X[1000][2, 639];", "")]
    [InlineData("_ = i.X[-1];", "Dimension 0 has indices from 0 on, so -1 is no index of it")]
    [InlineData("_ = i.X[0][3, 639];", "Dimension 0 has size 3 and indices 0 to 2, so 3 is")]
    [InlineData("_ = i.X[9, 2, 639];", "")]
    [InlineData("i.X[0, 2, 640] = 1;", "Dimension 2 has size 640 and indices 0 to 639, so 640 is")]
    [InlineData("_ = o.Y[0, 3, 0];", "Dimension 1 has size 3 and indices 0 to 2, so 3 is")]
    [InlineData("_ = i.X[0][2, 640];", "Dimension 1 has size 640 and indices 0 to 639, so 640 is")]
    [InlineData("_ = i.X[0][3, 640];", "Dimension 0 has size 3 and & Dimension 1 has size 640 and")]
    [InlineData("_ = o.Y.View[5, 2, 640];", "Dimension 2 has size 640 and indices 0 to 639, so 640 is")]
    [InlineData("_ = i.X.View[i1: 3, i0: 9, i2: 0];", "Dimension 1 has size 3 and")]
    [InlineData("const int Last = 2; _ = i.V[Last];", "")]
    [InlineData("const int Last = 3; _ = i.V[Last];", "so 3 is no index")]
    [InlineData("const long Last = 3; _ = i.V[(nint)Last];", "so 3 is no index")]
    [InlineData("_ = i.V[unchecked((nint)5_000_000_000)];", "so 5000000000 is no index")]
    [InlineData("nint some = 3; _ = i.V[some];", "")]
    [InlineData("_ = o.None[0];", "Dimension 0 has size 0 and no index at all, so 0 is")]
    [InlineData("TrtBindings.TensorView<float, TrtBindings.Shapes.Dynamic> v = i.V.View.Slice(0, 2); _ = v[9];", "")]
    public void An_index_is_inside_its_dimension(string statement, string expected) => Check("TRTB0300", statement, expected);

    [Theory]
    [InlineData("_ = i.V.View.Slice(1, 2);", "")]
    [InlineData("_ = i.V.View.Slice(3, 0);", "")]
    [InlineData("_ = i.V.View.Slice(1, 3);", "Dimension 0 has size 3, and a slice from 1 of 3 is not inside it")]
    [InlineData("_ = o.W.View.Slice(4, 0);", "a slice from 4 of 0 is")]
    [InlineData("_ = o.W.View.Slice(3, 1);", "a slice from 3 of 1 is")]
    [InlineData("_ = o.W.View.Slice(count: 4, start: 0);", "a slice from 0 of 4 is")]
    [InlineData("nint s = 0; _ = i.V.View.Slice(s, 4);", "size 3, and a slice of 4 is")]
    [InlineData("nint s = 0; _ = i.V.View.Slice(s, 3);", "")]
    [InlineData("nint c = 0; _ = i.V.View.Slice(4, c);", "size 3, and a slice from 4 is")]
    [InlineData("_ = i.X.View.Slice(7, 900);", "")]
    [InlineData("_ = i.X.View.Slice(-1, 1);", "Dimension 0 has indices from 0 on, and a slice from -1 of 1 is")]
    [InlineData("_ = i.X.View.Slice(1, -1);", "a slice from 1 of -1 is")]
    public void A_slice_is_inside_its_dimension(string statement, string expected) => Check("TRTB0301", statement, expected);

    [Theory]
    [InlineData("_ = i.V[^1];", "CS1503")]
    [InlineData("_ = i.V.View[0..2];", "CS1503")]
    public void Indices_from_the_end_and_ranges_do_not_compile(string statement, string expected)
    {
        var run = GeneratorRun.Of(Shaped, sources: Use(statement));
        run.Problems.ShouldHaveSingleItem().ShouldStartWith(expected);
        AnalyzerRun.Errors(run).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("m.AllocateInputs(1, 0)", "")]
    [InlineData("m.AllocateInputs(0, 5)", "")]
    [InlineData("m.AllocateInputs(-1, 5)", "Dimension 'n' cannot be -1: it must be at least 0")]
    [InlineData("m.AllocateInputs(1, -1)", "Dimension 'x[1]' cannot be -1: it must be at least 0")]
    [InlineData("m.AllocateInputs(xDim1: -1, n: -2)", "'x[1]' cannot be -1 & 'n' cannot be")]
    [InlineData("m.WrapInputs(0, 5, new float[5])", "")]
    [InlineData("m.WrapInputs(-1, 5, new float[5])", "Dimension 'n' cannot be -1: it must be at least 0")]
    [InlineData("m.AllocateOutputs(0)", "")]
    [InlineData("m.AllocateOutputs(-1)", "Dimension 'n' cannot be -1: it must be at least 0")]
    [InlineData("m.AllocateOutputs(1)", "")]
    public void A_size_is_one_that_the_model_runs_with(string expression, string expected) =>
        CheckSizes(Models.Identity("x", "y", "n", null), null, "TRTB0302", $"_ = {expression};", expected);

    [Theory]
    [InlineData("batch=1..4..16", "m.AllocateInputs(1, 7)", "")]
    [InlineData("batch=1..4..16", "m.AllocateInputs(16, 7)", "")]
    [InlineData("batch=1..4..16", "m.AllocateInputs(17, 7)", "'batch' is declared for 1..16 in TrtProfile, and 17 is outside")]
    [InlineData("batch=2..4..16", "m.AllocateInputs(1, 7)", "declared for 2..16 in TrtProfile, and 1 is outside")]
    [InlineData("batch=1..4..16|batch=32", "m.AllocateInputs(32, 7)", "")]
    [InlineData("batch=1..4..16|batch=32", "m.AllocateInputs(24, 7)", "declared for 1..16 | 32 in TrtProfile, and 24 is outside")]
    [InlineData("batch=1..4..16|h=5", "m.AllocateInputs(99, 5)", "")]
    [InlineData("batch=1..4..16", "m.AllocateInputs(0, 7)", "declared for 1..16 in TrtProfile, and 0 is outside")]
    [InlineData("batch=0..4..16", "m.AllocateInputs(0, 7)", "")]
    [InlineData("batch=1..4..16|h=5", "m.AllocateInputs(99, 6)", "for 1..16 | 0 and more in TrtProfile, and 99 is in no")]
    [InlineData("batch=1,h=5|batch=2,h=6", "m.AllocateInputs(1, 5)", "")]
    [InlineData("batch=1,h=5|batch=2,h=6", "m.AllocateInputs(1, 6)", "'h' is declared for 5 | 6 in TrtProfile, and 6 is in no")]
    [InlineData("batch=1,h=5|batch=2,h=6", "m.AllocateInputs(3, 7)", "'batch' is declared for 1 | 2 & 'h' is declared for 5 | 6")]
    [InlineData("batch=1..4..16", "m.AllocateOutputs(17, 7)", "and 17 is outside")]
    public void A_size_is_one_that_the_project_declares(string profile, string expression, string expected) => CheckSizes(
        Models.Identity("x", "y", "batch", "h"), profile, "TRTB0303", $"_ = {expression};", expected);

    [Theory]
    [InlineData("i.Resize(16);", "")]
    [InlineData("i.Resize(17);", "TRTB0303")]
    [InlineData("i.Resize(0);", "TRTB0303")]
    [InlineData("i.Resize(-1);", "TRTB0302")]
    [InlineData("const int Batch = 20; i.Resize(batch: Batch - 3);", "TRTB0303")]
    [InlineData("long some = 17; i.Resize(some);", "")]
    public void Resize_takes_what_was_declared(string statement, string expected) => CheckSizes(
        Models.Identity("x", "y", "batch", 4L), "batch=1..4..16", expected, statement, expected.Length == 0 ? "" : "'batch'");

    [Theory]
    [InlineData(false, "m.AllocateInputs(1)", "")]
    [InlineData(false, "m.AllocateInputs(2)", "it must be at most 1, because the model's outputs mix the images of a batch")]
    [InlineData(true, "m.AllocateInputs(2)", "")]
    public void A_batch_of_images_that_would_come_out_mixed_does_not_compile(bool batched, string expression, string expected) =>
        CheckSizes(Models.Scrfd(batched), null, "TRTB0302", $"_ = {expression};", expected);

    private static void Check(string id, string statement, string expected)
    {
        var run = GeneratorRun.Of(Shaped, sources: Use(statement));
        run.Problems.ShouldBeEmpty();
        Says(run, id, expected);
    }

    private static void CheckSizes(OnnxModelBuilder model, string? profile, string id, string statement, string expected)
    {
        var metadata = profile is null ? [] : new Dictionary<string, string> { ["TrtProfile"] = profile };
        var run = GeneratorRun.WithItem(model, metadata, Use(statement));
        run.Problems.ShouldBeEmpty();
        Says(run, id, expected);
    }

    private static void Says(GeneratorRun run, string id, string expected)
    {
        var errors = AnalyzerRun.Errors(run);
        var says = expected.Split(And, StringSplitOptions.RemoveEmptyEntries);
        errors.Length.ShouldBe(says.Length, string.Join('\n', errors));
        foreach (var (error, text) in errors.Zip(says))
        {
            error.ShouldStartWith(id);
            error.ShouldContain(text);
        }
    }

    private static string Use(string statement) =>
        $$"""
        internal static class Use
        {
            public static void It(MyApp.Model m, MyApp.Model.Inputs i, MyApp.Model.Outputs o)
            {
                {{statement}}
                _ = m; _ = i; _ = o;
            }
        }
        """;
}
