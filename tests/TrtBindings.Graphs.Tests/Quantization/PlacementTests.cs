using System.Runtime.CompilerServices;
using TrtBindings.Graphs.Tests.Support;

namespace TrtBindings.Graphs.Tests.Quantization;

/// <summary>
/// Where Q/DQ are, as approved graphs: each QuantizeLinear and DequantizeLinear has a line that says why. Each graph also runs
/// in ONNX Runtime at every level, gives what the model gave, and holds nothing that TensorRT refuses.
/// </summary>
public sealed class PlacementTests : IDisposable
{
    private readonly Quantizations _quantizations = new();

    public void Dispose() => _quantizations.Dispose();

    [Fact]
    public void Conv_BN_ReLU_chains_have_one_pair_before_each_convolution_and_none_behind_the_last()
    {
        var graph = new Sketch().In("x", ElementType.Float, 1, 4, 8, 8).Conv("x", "c1", 4, 16, 3)
            .Floats("s", [16], [.. Enumerable.Repeat(1.5f, 16)]).Floats("h", [16], [.. Enumerable.Repeat(.1f, 16)])
            .Floats("m", [16], [.. Enumerable.Repeat(.2f, 16)]).Floats("v", [16], [.. Enumerable.Repeat(.8f, 16)])
            .Node("BatchNormalization", "c1 s h m v", "n").Node("Relu", "n", "r").Conv("r", "c2", 16, 16, 3)
            .Node("Clip", "c2 low high", "k").Floats("low", [], 0).Floats("high", [], 6).Conv("k", "z", 16, 16)
            .Node("Relu", "z", "zr").Conv("zr", "y", 16, 8).Out("y", ElementType.Float, 1, 8, 8, 8);
        Approve(graph, [1, 4, 8, 8]);
        _quantizations.Report!.FoldedBatchNormalizations.ShouldBe(1);
        _quantizations.Report.Unquantized.Select(node => node.Node).ShouldBe(["n_y"]);
    }

    [Fact]
    public void SiLU_and_HardSwish_are_one_activation()
    {
        var graph = new Sketch().In("x", ElementType.Float, 1, 4, 8, 8).Block("x", "a", 4, 16, 3).Conv("a", "c", 16, 16)
            .Floats("three", [], 3).Floats("six", [], 6).Floats("zero", [], 0).Node("Add", "c three", "t")
            .Node("Clip", "t zero six", "l")
            .Node("Mul", "c l", "m").Node("Div", "m six", "h").Block("h", "z", 16, 16).Conv("z", "y", 16, 8)
            .Out("y", ElementType.Float, 1, 8, 8, 8);
        Approve(graph, [1, 4, 8, 8]);
    }

    [Fact]
    public void A_residual_add_fuses_with_its_convolution_and_its_shortcut_is_quantized()
    {
        var graph = new Sketch().In("x", ElementType.Float, 1, 16, 8, 8).Conv("x", "a", 16, 16).Node("Relu", "a", "ar")
            .Conv("ar", "b", 16, 16, 3).Node("Add", "b ar", "s").Node("Relu", "s", "sr")
            // Two layers: the shorter way is the shortcut.
            .Conv("sr", "d1", 16, 16, 3).Node("Relu", "d1", "d1r").Conv("d1r", "d2", 16, 16).Conv("sr", "e", 16, 16)
            .Node("Add", "d2 e", "t").Node("Relu", "t", "tr").Block("tr", "z", 16, 16)
            .Conv("z", "y", 16, 8).Out("y", ElementType.Float, 1, 8, 8, 8);
        Approve(graph, [1, 16, 8, 8]);
    }

    [Fact]
    public void A_residual_add_behind_activations_has_one_scale_for_both_branches()
    {
        var graph = new Sketch().In("x", ElementType.Float, 1, 16, 8, 8).Block("x", "a", 16, 16).Block("a", "b", 16, 16, 3)
            .Node("Add", "a b", "s").Block("s", "z", 16, 16).Conv("z", "y", 16, 8)
            .Out("y", ElementType.Float, 1, 8, 8, 8);
        Approve(graph, [1, 16, 8, 8]);
    }

    [Theory]
    [InlineData(ConcatQuantization.Inputs)]
    [InlineData(ConcatQuantization.Output)]
    public void A_concat_is_quantized_before_by_one_scale_or_behind(ConcatQuantization concat)
    {
        var graph = new Sketch().In("x", ElementType.Float, 1, 16, 8, 8).Block("x", "a", 16, 16).Block("a", "b", 16, 16, 3)
            .Node("MaxPool", "b", "p", ("kernel_shape", new long[] { 3, 3 }), ("pads", new long[] { 1, 1, 1, 1 }))
            .Node("Concat", "a b p", "j", ("axis", 1)).Block("j", "z", 48, 16).Conv("z", "y", 16, 8)
            .Out("y", ElementType.Float, 1, 8, 8, 8);
        Approve(graph, [1, 16, 8, 8], new() { Concat = concat }, $".{concat}");
    }

    [Fact]
    public void A_split_and_a_concat_round_a_branch_move_8_bits()
    {
        var graph = new Sketch().In("x", ElementType.Float, 1, 16, 8, 8).Block("x", "a", 16, 16).Ints("sizes", [2], 8, 8)
            .Node("Split", "a sizes", "l r", ("axis", 1)).Block("r", "b", 8, 8, 3).Node("Add", "r b", "s")
            .Node("Concat", "l r s", "j", ("axis", 1)).Block("j", "k", 24, 16)
            .Floats("scales", [4], 1, 1, 2, 2).Node("Resize", "k . scales", "u", ("mode", "nearest"),
                ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"))
            .Block("u", "v", 16, 16).Node("Concat", "u v", "w", ("axis", 1)).Block("w", "z", 32, 16).Conv("z", "y", 16, 8)
            .Out("y");
        Approve(graph, [1, 16, 8, 8]);
    }

    [Fact]
    public void A_concat_whose_inputs_nobody_else_reads_is_quantized_behind()
    {
        var graph = new Sketch().In("x", ElementType.Float, 1, 16, 8, 8).Block("x", "a", 16, 16).Block("x", "b", 16, 16, 3)
            .Node("Concat", "a b", "j", ("axis", 1)).Block("j", "z", 32, 16).Conv("z", "y", 16, 8)
            .Out("y", ElementType.Float, 1, 8, 8, 8);
        Approve(graph, [1, 16, 8, 8]);
    }

    [Fact]
    public void A_concat_that_moves_16_bits_leaves_no_scale_and_no_quantization_to_what_a_pooling_or_another_concat_brings()
    {
        // The pooling of a reduction, and two concats in a row. Convolutions read a and d by scales of their own.
        var graph = new Sketch().In("x", ElementType.Float, 1, 16, 8, 8).Block("x", "a", 16, 16).Block("a", "b", 16, 16)
            .Node("MaxPool", "a", "p", ("kernel_shape", new long[] { 3, 3 }), ("pads", new long[] { 1, 1, 1, 1 }))
            .Node("Concat", "b p", "j", ("axis", 1)).Block("j", "d", 32, 16).Block("d", "e", 16, 16).Block("d", "f", 16, 16)
            .Node("Concat", "d e", "k", ("axis", 1)).Node("Concat", "k f", "l", ("axis", 1)).Block("l", "z", 48, 16)
            .Conv("z", "y", 16, 8).Out("y", ElementType.Float, 1, 8, 8, 8);
        Approve(graph, [1, 16, 8, 8]);
    }

    [Fact]
    public void Depthwise_convolutions_are_quantized_with_ReLU_and_stay_with_SiLU()
    {
        var graph = new Sketch().In("x", ElementType.Float, 1, 16, 8, 8).Conv("x", "a", 16, 16, 3, group: 16)
            .Node("Relu", "a", "r")
            .Conv("r", "b", 16, 16, 3, group: 16).SiLU("b", "s").Conv("s", "y", 16, 8).Out("y", ElementType.Float, 1, 8, 8, 8);
        Approve(graph, [1, 16, 8, 8]);
        _quantizations.Report!.Unquantized.Select(node => node.Node).ShouldBe(["n_b", "n_y"]);
    }

    [Fact]
    public void Transposed_convolutions_stay()
    {
        var graph = new Sketch().In("x", ElementType.Float, 1, 16, 8, 8).Block("x", "a", 16, 16).Weights("t.w", 16, 16, 2, 2)
            .Node("ConvTranspose", "a t.w", "t", ("strides", new long[] { 2, 2 })).SiLU("t", "s").Block("s", "b", 16, 16)
            .Conv("b", "y", 16, 8).Out("y");
        Approve(graph, [1, 16, 8, 8]);
    }

    [Fact]
    public void MatMul_and_Gemm_have_weights_by_column_and_attention_stays()
    {
        var graph = new Sketch().In("x", ElementType.Float, 1, 6, 32).MatMul("x", "q", 32, 32).MatMul("x", "k", 32, 32)
            .MatMul("x", "v", 32, 32).Node("Transpose", "k", "kt", ("perm", new long[] { 0, 2, 1 })).Node("MatMul", "q kt", "qk")
            .Node("Softmax", "qk", "p", ("axis", -1)).Node("MatMul", "p v", "o").MatMul("o", "z", 32, 32).Node("Add", "z x", "s")
            .Ints("row", [2], 6, 32).Node("Reshape", "s row", "f").Weights("g.w", 64, 32).Weights("g.b", 64)
            .Node("Gemm", "f g.w g.b", "g", ("transB", 1)).Node("Relu", "g", "r").Weights("y.w", 64, 20)
            .Node("Gemm", "r y.w", "y").Out("y");
        Approve(graph, [1, 6, 32]);
    }

    [Fact]
    public void FP8_is_for_layers_whose_channels_fit_and_for_nothing_between_them()
    {
        var graph = new Sketch().In("x", ElementType.Float, 1, 3, 8, 8).Block("x", "a", 3, 16, 3).Block("a", "b", 16, 16, 3)
            .Node("Add", "a b", "s").Node("Concat", "s a", "j", ("axis", 1)).Block("j", "k", 32, 32)
            .Conv("k", "d", 32, 32, 3, group: 32).Node("Relu", "d", "dr").Conv("dr", "y", 32, 16).Out("y");
        Approve(graph, [1, 3, 8, 8], new() { Type = ElementType.Float8E4M3FN });
    }

    [Fact]
    public void A_YOLO_head_keeps_its_last_convolutions_the_DFL_and_all_behind_them()
    {
        var graph = new Sketch().In("images", ElementType.Float, 1, 3, 32, 32).Conv("images", "f.c", 3, 16, 3, stride: 8)
            .SiLU("f.c", "f").Block("f", "box", 16, 16, 3).Conv("box", "boxes", 16, 64).Block("f", "cls", 16, 16, 3)
            .Conv("cls", "scores", 16, 2)
            .Ints("bins", [4], 1, 4, 16, 16).Node("Reshape", "boxes bins", "d4")
            .Node("Transpose", "d4", "dt", ("perm", new long[] { 0, 2, 1, 3 }))
            .Node("Softmax", "dt", "dp", ("axis", 1))
            .Floats("dfl.w", [1, 16, 1, 1], [.. Enumerable.Range(0, 16).Select(i => (float)i)])
            .Node("Conv", "dp dfl.w", "dfl").Ints("four", [3], 1, 4, 16).Node("Reshape", "dfl four", "sides")
            .Floats("stride", [], 8).Node("Mul", "sides stride", "b").Ints("two", [3], 1, 2, 16)
            .Node("Reshape", "scores two", "c2")
            .Node("Sigmoid", "c2", "c").Node("Concat", "b c", "output0", ("axis", 1)).Out("output0", ElementType.Float, 1, 6, 16);
        var model = graph.Model();
        model.MetadataProps.Add(new StringStringEntryProto { Key = "task", Value = "detect" });
        model.MetadataProps.Add(new StringStringEntryProto { Key = "names", Value = "{0: 'cup', 1: 'pen'}" });
        Approve(model, "images", [1, 3, 32, 32]);
        _quantizations.Report!.Unquantized.Where(node => node.Operator == "Conv").Select(node => node.Node)
            .ShouldBe(["n_boxes", "n_scores", "n_dfl"]);
    }

    private void Approve(
        Sketch graph, long[] shape, QuantizationOptions? options = null, string suffix = "",
        [CallerMemberName] string test = "") =>
        Approve(graph.Model(), "x", shape, options, suffix, test);

    private void Approve(
        ModelProto model, string input, long[] shape, QuantizationOptions? options = null, string suffix = "",
        [CallerMemberName] string test = "")
    {
        var sample = Quantizations.Picture(input, shape);
        options = new()
        {
            Samples = [sample], Method = CalibrationMethod.MinMax, Type = options?.Type ?? ElementType.Int8,
            Concat = options?.Concat ?? ConcatQuantization.Inputs,
        };
        var text = _quantizations.Text(model, sample, options, options.Type == ElementType.Int8 ? 0.05f : 0.12f)
            + string.Concat(_quantizations.Report!.Unquantized
                .Select(node => $"stays: {node.Operator} '{node.Node}' {node.Reason}\n"));
        text.ShouldMatchApproved(c => c.NoDiff().SubFolder("Approved")
            .WithFilenameGenerator((_, _, type, extension) => $"{test}{suffix}.{type}.{extension}"));
    }
}
