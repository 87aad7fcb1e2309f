namespace TrtBindings.CodeFixes.Tests;

/// <summary>
/// A constant that does not compile is replaced by the nearest one that does. <c>{|TRTB0300:3|}</c> marks a diagnostic.
/// </summary>
[Trait("Category", "Slow")]
public sealed class ConstantFixTests
{
    private const string Profile = "n=1..4..16,h=8|n=32,h=8";

    /// <summary>Gives [n, 3, h] from [n, 3, h] and [3] from [3].</summary>
    private static OnnxModelBuilder Model => Models.Identity("x", "y", "n", 3L, "h")
        .Input("v", ElementType.Float, 3L).Output("w", ElementType.Float, 3L).Output("none", ElementType.Float, 0L)
        .Node("Identity", ["v"], ["w"]);

    [Theory]
    [InlineData("_ = i.V[{|TRTB0300:3|}];", "_ = i.V[2];")]
    [InlineData("_ = i.V[{|TRTB0300:-7|}];", "_ = i.V[0];")]
    [InlineData("_ = i.X[ {|TRTB0300:-1|} ];", "_ = i.X[ 0 ];")]
    [InlineData("_ = o.Y[0][i1: 0, i0: ({|TRTB0300:3|} /* last */)];", "_ = o.Y[0][i1: 0, i0: (2 /* last */)];")]
    [InlineData("_ = i.X[0][{|TRTB0300:4|}, {|TRTB0300:-1|}];", "_ = i.X[0][2, 0];")]
    [InlineData("const int C = 3; i.V[{|TRTB0300:C|}] = C;", "const int C = 3; i.V[2] = C;")]
    [InlineData("_ = i.V[{|TRTB0300:(nint)3L|}];", "_ = i.V[2];")]
    [InlineData("_ = i.V.View.Slice(1, {|TRTB0301:3|});", "_ = i.V.View.Slice(1, 2);")]
    [InlineData("_ = i.V.View.Slice({|TRTB0301:-1|}, 2);", "_ = i.V.View.Slice(0, 2);")]
    [InlineData("_ = i.V.View.Slice({|TRTB0301:3|}, 2);", "_ = i.V.View.Slice(1, 2);")]
    [InlineData("_ = i.V.View.Slice({|TRTB0301:9|}, 0);", "_ = i.V.View.Slice(3, 0);")]
    [InlineData("_ = i.V.View.Slice(count: {|TRTB0301:-1|}, start: 1);", "_ = i.V.View.Slice(count: 0, start: 1);")]
    [InlineData("_ = m.AllocateInputs({|TRTB0303:0|}, 8);", "_ = m.AllocateInputs(1, 8);")]
    [InlineData("_ = m.AllocateInputs(n: {|TRTB0303:17|}, h: {|TRTB0303:7|});", "_ = m.AllocateInputs(n: 16, h: 8);")]
    [InlineData("_ = m.AllocateInputs({|TRTB0303:30|}, 8);", "_ = m.AllocateInputs(32, 8);")]
    [InlineData("_ = m.AllocateOutputs({|TRTB0303:64|}, 8);", "_ = m.AllocateOutputs(32, 8);")]
    [InlineData("i.Resize({|TRTB0302:-1|}, {|TRTB0303:9|});", "i.Resize(1, 8);")]
    [InlineData("_ = i.V[{|TRTB0300:3|}]; _ = i.X[0][{|TRTB0300:5|}, 0]; _ = i.V[{|TRTB0300:-1|}];",
        "_ = i.V[2]; _ = i.X[0][2, 0]; _ = i.V[0];")]
    public async Task A_constant_is_replaced_by_the_nearest_valid_one_alone_and_with_all_others(string wrong, string right)
    {
        using var test = With(wrong, right);
        await test.RunAsync();
    }

    [Theory]
    [InlineData("_ = o.None[{|TRTB0300:0|}];", "no index is valid")]
    [InlineData("_ = m2.AllocateInputs(1, {|TRTB0303:6|});", "the author must choose which of the two sizes changes")]
    public async Task There_is_no_fix_where_nothing_is_nearest(string wrong, string because)
    {
        because.ShouldNotBeEmpty();
        using var test = With(wrong, wrong);
        await test.RunAsync();
    }

    [Fact]
    public async Task A_batch_above_one_becomes_one_for_a_model_that_mixes_its_images()
    {
        const string Wrong = "class Use { static object It(MyApp.Model m) => m.AllocateInputs({|TRTB0302:4|}); }";
        using var test = new FixTest();
        test.AddModel("model.onnx", Models.Scrfd(batched: false));
        test.SetCode(Wrong, Wrong.Replace("{|TRTB0302:4|}", "1", StringComparison.Ordinal));
        test.CodeActionVerifier = (action, _) => action.Title.ShouldBe("Use 1");
        await test.RunAsync();
    }

    private static FixTest With(string wrong, string right)
    {
        var test = new FixTest();
        test.SetCode(Use(wrong), Use(right));
        test.AddModel("model.onnx", Model, Profile);
        test.AddModel("second.onnx", Models.Identity("x", "y", "a", "b"), "a=1,b=5|a=2,b=6");
        return test;
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
