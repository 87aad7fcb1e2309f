namespace TrtBindings.CodeFixes.Tests;

/// <summary>Each fix turns what does not compile into its nearest neighbour that does.</summary>
public sealed class ConstantFixTests
{
    private const string Profile = "n=1..4..16,h=8|n=32,h=8";

    /// <summary>Gives [n, 3, h] from [n, 3, h] and [3] from [3].</summary>
    private static OnnxModelBuilder Model => Models.Identity("x", "y", "n", 3L, "h")
        .Input("v", ElementType.Float, 3L).Output("w", ElementType.Float, 3L).Output("none", ElementType.Float, 0L)
        .Node("Identity", ["v"], ["w"]);

    [Theory]
    [InlineData("_ = i.V[3];", "_ = i.V[2];")]
    [InlineData("_ = i.V[-7];", "_ = i.V[0];")]
    [InlineData("_ = i.X[ -1 ];", "_ = i.X[ 0 ];")]
    [InlineData("_ = o.Y[0][i1: 0, i0: (3 /* last */)];", "_ = o.Y[0][i1: 0, i0: (2 /* last */)];")]
    [InlineData("_ = i.X[0][4, -1];", "_ = i.X[0][2, 0];")]
    [InlineData("const int C = 3; i.V[C] = C;", "const int C = 3; i.V[2] = C;")]
    [InlineData("_ = i.V[(nint)3L];", "_ = i.V[2];")]
    [InlineData("_ = i.V.View.Slice(1, 3);", "_ = i.V.View.Slice(1, 2);")]
    [InlineData("_ = i.V.View.Slice(-1, 2);", "_ = i.V.View.Slice(0, 2);")]
    [InlineData("_ = i.V.View.Slice(3, 2);", "_ = i.V.View.Slice(1, 2);")]
    [InlineData("_ = i.V.View.Slice(9, 0);", "_ = i.V.View.Slice(3, 0);")]
    [InlineData("_ = i.V.View.Slice(count: -1, start: 1);", "_ = i.V.View.Slice(count: 0, start: 1);")]
    [InlineData("_ = m.AllocateInputs(0, 8);", "_ = m.AllocateInputs(1, 8);")]
    [InlineData("_ = m.AllocateInputs(n: 17, h: 7);", "_ = m.AllocateInputs(n: 16, h: 8);")]
    [InlineData("_ = m.AllocateInputs(30, 8);", "_ = m.AllocateInputs(32, 8);")]
    [InlineData("_ = m.AllocateOutputs(64, 8);", "_ = m.AllocateOutputs(32, 8);")]
    [InlineData("i.Resize(-1, 9);", "i.Resize(1, 8);")]
    public async Task A_fix_gives_the_nearest_valid_neighbour(string wrong, string right)
    {
        using var run = Run(wrong);
        run.Findings.ShouldBeGreaterThan(0);
        var source = await run.OneByOneAsync();
        source.ShouldBe(Use(right));
        Errors(right).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("_ = o.None[0];", "no index is right")]
    [InlineData("_ = m2.AllocateInputs(1, 6);", "which of the two sizes is wrong only the author knows")]
    public async Task Where_nothing_is_nearest_there_is_no_fix(string wrong, string because)
    {
        using var run = Run(wrong);
        run.Findings.ShouldBeGreaterThan(0);
        (await run.TitlesAsync()).ShouldBeEmpty(because);
    }

    [Fact]
    public async Task A_batch_of_mixed_images_becomes_one()
    {
        const string Wrong = "internal static class Use { public static object It(MyApp.Model m) => m.AllocateInputs(4); }";
        var model = GeneratorRun.Of(Models.Scrfd(batched: false), sources: Wrong);
        using var run = new FixRun(model, Wrong);
        (await run.TitlesAsync()).ShouldBe(["Use 1"]);
        (await run.OneByOneAsync()).ShouldBe(Wrong.Replace('4', '1'));
    }

    [Fact]
    public async Task All_occurrences_are_fixed_at_once_each_with_its_own_number()
    {
        using var run = Run("_ = i.V[3]; _ = i.X[0][5, 0]; _ = i.V[-1];");
        (await run.AllAsync()).ShouldBe(Use("_ = i.V[2]; _ = i.X[0][2, 0]; _ = i.V[0];"));
    }

    private static FixRun Run(string statement) => new(Generated(statement), Use(statement));

    private static string[] Errors(string statement)
    {
        var run = Generated(statement);
        run.Problems.ShouldBeEmpty();
        return AnalyzerRun.Errors(run);
    }

    private static GeneratorRun Generated(string statement)
    {
        using var folder = new ModelFolder();
        var (first, second) = (folder.Add("model.onnx", Model), folder.Add("second.onnx", Models.Identity("x", "y", "a", "b")));
        return GeneratorRun.WithItems([first, second], new()
        {
            [first] = new() { ["TrtProfile"] = Profile }, [second] = new() { ["TrtProfile"] = "a=1,b=5|a=2,b=6" },
        }, Use(statement));
    }

    private static string Use(string statement) =>
        $$"""
        internal static class Use
        {
            public static void It(MyApp.Model m, MyApp.Second m2, MyApp.Model.Inputs i, MyApp.Model.Outputs o)
            {
                {{statement}}
                _ = m; _ = m2; _ = i; _ = o;
            }
        }
        """;
}
