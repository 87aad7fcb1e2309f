using TrtBindings.Cli.Npy;

namespace TrtBindings.Cli.Tests;

/// <summary><c>trtb compare</c>: right models pass, and planted wrong ones do not.</summary>
[Trait("Category", "Slow")]
public sealed class CompareTests : IDisposable
{
    private readonly Models _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public void Equal_models_pass_at_all_batches()
    {
        var run = Tool.Run("compare", _models.Double(), _models.Double("same.onnx"), "--batch", "1,3", "--json");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Json.GetProperty("passed").GetBoolean().ShouldBeTrue();
        run.Json.GetProperty("results").EnumerateArray().Select(one => one.GetProperty("run").GetString())
            .ShouldBe(["batch 1", "batch 3", "batch 3, equal", "batch 3, reversed"]);
        run.Json.GetProperty("results").EnumerateArray().ShouldAllBe(one => one.GetProperty("largest").GetDouble() == 0);
    }

    [Fact]
    public void A_wrong_model_fails_and_its_output_is_named()
    {
        var wrong = _models.Write("wrong.onnx", new OnnxModelBuilder()
            .Input("x", ElementType.Float, "batch", 3).Output("y", ElementType.Float, "batch", 3)
            .Graph(graph => graph.Initializer(OnnxTensor.Floats("two", [3], 2, 2, 2.02f))).Node("Mul", ["x", "two"], ["y"]));
        var run = Tool.Run([("COLUMNS", "80")], "compare", _models.Double(), wrong);
        run.ExitCode.ShouldBe(1, run.Error);
        run.Output.ShouldContain("DIFFERS");
        run.Output.ShouldContain("Not equal.");
        var json = Tool.Run("compare", _models.Double(), wrong, "--json").Json;
        var failed = json.GetProperty("results").EnumerateArray().First(one => one.TryGetProperty("problem", out _));
        failed.GetProperty("output").GetString().ShouldBe("y");
        failed.GetProperty("firstDifference").EnumerateArray().Select(one => one.GetInt64()).ShouldBe([0, 2]);
    }

    /// <summary>NaN is NaN on both sides, and no rows are no rows: nothing of the model was seen.</summary>
    [Fact]
    public void Two_models_that_give_no_number_are_not_called_equal()
    {
        var (model, nan, none) = (_models.Double(), _models.PathOf("nan.npy"), _models.PathOf("none.npy"));
        ArrayFiles.WriteOne(nan, new(ElementType.Float, [1, 3],
            [.. Enumerable.Repeat(BitConverter.GetBytes(float.NaN), 3).SelectMany(bytes => bytes)]));
        ArrayFiles.WriteOne(none, new(ElementType.Float, [0, 3], []));
        foreach (var file in (string[])[nan, none])
        {
            var run = Tool.Run("compare", model, _models.Double("same.onnx"), "--input", file, "--backend", "cpu");
            run.ExitCode.ShouldBe(1, run.Error);
            run.Output.ShouldContain("Nothing was compared");
            run.Output.ShouldNotContain("equal");
        }
    }

    [Fact]
    public void A_model_that_mixes_the_rows_of_a_batch_is_found_at_the_larger_batch_only()
    {
        // Half of each row is the batch's first row.
        var mixing = _models.Write("mixing.onnx", new OnnxModelBuilder()
            .Input("x", ElementType.Float, "batch", 3).Output("y", ElementType.Float, "batch", 3)
            .Graph(graph => graph.Initializer(OnnxTensor.Int64s("first", [1], 0)))
            .Node("Gather", ["x", "first"], ["row"]).Node("Add", ["x", "row"], ["y"]));
        var run = Tool.Run("compare", _models.Double(), mixing, "--json");
        run.ExitCode.ShouldBe(1, run.Error);
        run.Json.GetProperty("results").EnumerateArray().Where(one => one.TryGetProperty("problem", out _))
            .Select(one => one.GetProperty("run").GetString()).Distinct().ShouldBe(["batch 4", "batch 4, reversed"]);
    }

    [Fact]
    public void Rows_in_another_order_are_said_and_taken_for_equal_if_that_is_asked_for()
    {
        var (right, turned) = (Rows("right.onnx", 0, 1, 2, 3), Rows("turned.onnx", 0, 2, 1, 3));
        var run = Tool.Run("compare", right, turned);
        run.ExitCode.ShouldBe(1, run.Error);
        run.Output.ShouldContain("its rows are those of the reference in another order");
        Tool.Run("compare", right, turned, "--any-order").ExitCode.ShouldBe(0);
        Tool.Run("compare", right, Rows("twice.onnx", 0, 1, 1, 3), "--any-order").ExitCode.ShouldBe(1);
    }

    [Fact]
    public void A_family_is_measured_by_its_parts_on_pictures()
    {
        var file = Models.Shipped("desk-seg-e2e.onnx");
        var run = Tool.Run([("COLUMNS", "200")], "compare", file, file, "--image", Models.Picture("01"), "--batch", "1");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("output0 scores");
        run.Lines.ShouldAllBe(line => line.Length <= 200 || line.Contains('/'));
    }

    [Fact]
    public void Sides_that_cannot_be_compared_are_one_line()
    {
        var other = _models.Write("other.onnx", new OnnxModelBuilder()
            .Input("x", ElementType.Float, 4).Output("z", ElementType.Float, 4).Node("Identity", ["x"], ["z"]));
        Tool.Run("compare", _models.Double(), other).ShouldBeOneLine(2, "other outputs");
        Tool.Run("compare", _models.Double(), "--backend", "cpu").ShouldBeOneLine(2, "Both sides would be ONNX Runtime");
        Tool.Run("compare", _models.Double(), other, "--tolerance", "fp99").ShouldBeOneLine(2, "fp99");
    }

    /// <summary>Rows of a fixed input in an order.</summary>
    private string Rows(string name, params long[] order) => _models.Write(name, new OnnxModelBuilder()
        .Input("x", ElementType.Float, 4, 5).Output("rows", ElementType.Float, 4, 5)
        .Graph(graph => graph.Initializer(OnnxTensor.Int64s("order", [4], order)))
        .Node("Gather", ["x", "order"], ["rows"]));
}
