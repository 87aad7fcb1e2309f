using Microsoft.ML.OnnxRuntime;
using TrtBindings.Graphs.Conversion;
using TrtBindings.Graphs.Tests.Support;

namespace TrtBindings.Graphs.Tests.Conversion;

/// <summary>BF16, checked by a twin in 32 bits that rounds at every edge: the CPU has no BF16 convolutions.</summary>
public sealed class BFloat16Tests : IDisposable
{
    private const int Brain = (int)ElementType.BFloat16;

    private readonly Conversions _conversions = new();

    public void Dispose() => _conversions.Dispose();

    [Fact]
    public void FP16_constants_and_casts_of_the_file_become_BF16_too()
    {
        var graph = new Sketch().In("x", ElementType.Float, 3).Init(Sketch.HalfTensor("w", [3], 1, 2, 3))
            .Node("Cast", "x", "h", ("to", ElementType.Float16)).Node("Mul", "h w", "m")
            .Node("Cast", "m", "f", ("to", ElementType.Float))
            .Node("Exp", "f", "y").Out("y", ElementType.Float, 3);
        var model = _conversions.Convert(graph.Model(), ElementType.BFloat16);
        model.Graph.Initializer.Single().DataType.ShouldBe(Brain);
        model.Graph.Node.Select(node => node.OpType).ShouldBe(["Cast", "Mul", "Exp", "Cast"]);
        _conversions.Report!.Kept.ShouldBeEmpty();
        Compare(new ModelSample().Add("x", [.1f, .2f, .3f], 3), 0.03f);
    }

    [Fact]
    public void Every_edge_rounds_to_8_bits_at_every_level()
    {
        var graph = new Sketch().In("x", ElementType.Float, 2).Floats("w", [2], 1, 1).Node("Mul", "x w", "a")
            .Node("Sub", "a x", "y")
            .Out("y", ElementType.Float, 2);
        _conversions.Convert(graph.Model(), ElementType.BFloat16);
        RoundingTwin.Write(_conversions["out.onnx"], _conversions["twin.onnx"]);
        foreach (var level in Enum.GetValues<GraphOptimizationLevel>())
        {
            var sample = new ModelSample().Add("x", [1 + (1 / 128f) + (1 / 1024f), 3f], 2);
            // Both operands are rounded alike: the part below 1/128 is lost, and nothing is left of the difference.
            Conversions.Run(_conversions["twin.onnx"], sample, level)["y"].ShouldBe([0f, 0f]);
        }

        var sum = new Sketch().In("x", ElementType.Float, 1).Floats("w", [1], 1 / 512f).Node("Add", "x w", "a")
            .Node("Sub", "a x", "y")
            .Out("y", ElementType.Float, 1);
        _conversions.Convert(sum.Model(), ElementType.BFloat16);
        RoundingTwin.Write(_conversions["out.onnx"], _conversions["twin.onnx"]);
        foreach (var level in Enum.GetValues<GraphOptimizationLevel>())
            Conversions.Run(_conversions["twin.onnx"], new ModelSample().Add("x", [1f], 1), level)["y"].ShouldBe([0f]);
    }

    [Fact]
    public void A_convolution_of_an_old_operator_set_is_raised_and_its_types_are_right()
    {
        var graph = new Sketch().In("x", ElementType.Float, 1, 2, 4, 4).Floats("w", [2, 2, 1, 1], 1, 2, 3, 4)
            .Node("Conv", "x w", "a").Node("Upsample", "a s", "b").Floats("s", [4], 1, 1, 2, 2)
            .Node("Clip", "b", "c", ("min", -5f), ("max", 5f)).Node("Softmax", "c", "d")
            .Node("ReduceMean", "d", "e", ("axes", new[] { 2L }))
            .Node("Unsqueeze", "e", "f", ("axes", new[] { 0L }))
            .Node("Slice", "f", "y", ("starts", new[] { 0L }), ("ends", new[] { 1L }))
            .Out("y");
        var model = _conversions.Convert(graph.Model(9, 4), ElementType.BFloat16);
        model.OpsetImport.Single().Version.ShouldBe(22);
        _conversions.Report!.Checks[0].ShouldContain("every type in the file is right");
        Compare(new ModelSample().Add("x", [.. Enumerable.Range(0, 32).Select(i => i / 32f)], 1, 2, 4, 4), 0.05f);
    }

    [Fact]
    public void If_and_Loop_convert_and_what_has_no_BF16_stays()
    {
        var then = new Sketch().Node("Mul", "t t", "r").Out("r");
        var other = new Sketch().Node("Neg", "t", "r2").Out("r2");
        var graph = new Sketch().In("x", ElementType.Float, 3).In("c", ElementType.Bool, Sketch.Scalar).Ints("k", [1], 2)
            .Node("Exp", "x", "t").Node("If", "c", "f", ("then_branch", then), ("else_branch", other)).Node("TopK", "f k", "y i")
            .Out("y", ElementType.Float, 2);
        _conversions.Convert(graph.Model(), ElementType.BFloat16);
        _conversions.Report!.Kept.Single().Reason.ShouldBe("TopK has no bfloat16 in operator set 22");
        Compare(new ModelSample().Add("x", [.1f, .2f, .3f], 3).Add("c", [true]), 0.03f);
    }

    private void Compare(ModelSample sample, float tolerance)
    {
        RoundingTwin.Write(_conversions["out.onnx"], _conversions["twin.onnx"]);
        Conversions.Compare(_conversions["in.onnx"], _conversions["twin.onnx"], sample, tolerance);
    }
}
