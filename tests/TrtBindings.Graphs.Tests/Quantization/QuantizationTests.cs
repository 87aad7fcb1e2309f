using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Tests.Support;

namespace TrtBindings.Graphs.Tests.Quantization;

/// <summary>
/// What the tools of Python break on, one by one: each model quantizes, loads, runs, and holds what TensorRT takes.
/// </summary>
public sealed class QuantizationTests : IDisposable
{
    private static readonly ModelSample Picture = Quantizations.Picture("x", 1, 16, 8, 8);

    private readonly Quantizations _quantizations = new();

    public void Dispose() => _quantizations.Dispose();

    [Theory]
    [InlineData(9, ElementType.Float16, 19)]
    [InlineData(11, ElementType.Float, 13)]
    [InlineData(12, ElementType.Float, 13)]
    [InlineData(17, ElementType.Float, 17)]
    [InlineData(17, ElementType.Float16, 19)]
    [InlineData(20, ElementType.Float16, 20)]
    public void The_operator_set_is_raised_as_far_as_scales_need_it(int opset, ElementType rest, long expected)
    {
        // Reductions take their axes as attributes before 18, and one of them does before 13.
        var graph = Chain().Node("ReduceMean", "y", "m", ("axes", new long[] { 2 }), ("keepdims", 0)).Out("m");
        if (opset == 20) graph = Chain();
        _quantizations.Text(graph.Model(opset), Picture, Options(rest: rest));
        _quantizations.Model().OpsetImport.Single().Version.ShouldBe(expected);
        Quantized().ShouldBe(["n_a", "n_b"]);
    }

    [Fact]
    public void Initializers_that_are_inputs_stay_a_default_and_are_not_quantized()
    {
        var graph = Chain().In("b.w", ElementType.Float, 16, 16, 3, 3);
        _quantizations.Text(graph.Model(), Picture, Options());
        _quantizations.Model().Graph.Input.Select(input => input.Name).ShouldBe(["x", "b.w"]);
        _quantizations.Report!.Unquantized.ShouldContain(new KeptNode("n_b", "Conv", "a caller can replace its weights"));
    }

    [Fact]
    public void Before_version_4_of_the_format_all_constants_are_inputs_and_are_quantized()
    {
        var graph = Chain().In("b.w", ElementType.Float, 16, 16, 3, 3).In("b.b", ElementType.Float, 16);
        _quantizations.Text(graph.Model(9, 3), Picture, Options());
        _quantizations.Model().Graph.Input.Single().Name.ShouldBe("x");
        Quantized().ShouldBe(["n_a", "n_b"]);
    }

    [Fact]
    public void Weights_that_are_outputs_too_stay_beside_their_8_bits()
    {
        _quantizations.Text(Chain().Out("b.w", ElementType.Float, 16, 16, 3, 3).Model(), Picture, Options());
        _quantizations.Model().Graph.Output.Select(output => output.Name).ShouldBe(["y", "b.w"]);
        Quantized().ShouldBe(["n_a", "n_b"]);
    }

    [Fact]
    public void Weights_of_two_layers_are_quantized_once_and_those_of_a_layer_that_stays_too_are_there_twice()
    {
        var graph = new Sketch().In("x", ElementType.Float, 1, 16, 8, 8).Conv("x", "a", 16, 16).Node("Relu", "a", "ar")
            .Node("Conv", "ar a.w", "b").Node("Relu", "b", "br").Node("Conv", "br a.w", "y").Out("y");
        _quantizations.Text(graph.Model(), Picture, Options());
        Quantized().ShouldBe(["n_a", "n_b"]);
        var weights = _quantizations.Model().Graph.Initializer.Where(one => one.Dims.Count == 4).ToList();
        weights.Select(one => ((ElementType)one.DataType, one.Name)).ShouldBe(
            [(ElementType.Int8, "a.w_int8"), (ElementType.Float16, "a.w")], ignoreOrder: true);
    }

    [Fact]
    public void If_and_Loop_keep_working_and_what_is_in_them_stays()
    {
        var branch = new Sketch().Node("Conv", "ar a.w", "r").Out("r");
        var body = new Sketch().In("i", ElementType.Int64, Sketch.Scalar).In("go", ElementType.Bool, Sketch.Scalar)
            .In("s", ElementType.Float, 1, 16, 8, 8).Node("Identity", "go", "go2")
            .Node("Conv", "s b.w b.b", "s2", ("pads", new long[] { 1, 1, 1, 1 }))
            .Out("go2", ElementType.Bool, Sketch.Scalar).Out("s2", ElementType.Float, 1, 16, 8, 8);
        var graph = Chain("z").In("c", ElementType.Bool).Ints("n", [], 2)
            .Node("If", "c", "f", ("then_branch", branch), ("else_branch", branch)).Node("Loop", "n . z", "l", ("body", body))
            .Node("Add", "f l", "y").Out("y");
        var sample = Quantizations.Picture("x", 1, 16, 8, 8).Add("c", [true], []);
        _quantizations.Text(graph.Model(), sample, Options(sample));
        Quantized().ShouldBe(["n_a", "n_b", "n_z"], ignoreOrder: true);
        _quantizations.Report!.Unquantized.Where(node => node.Reason.Contains("is in", StringComparison.Ordinal))
            .Select(node => node.Node).ShouldBe(["n_r", "n_r", "n_s2"]);
    }

    [Fact]
    public void Functions_of_the_model_are_put_in_place_and_quantized()
    {
        var function = new FunctionProto
        {
            Domain = "own", Name = "Layer", Input = { "i", "w" }, Output = { "o" },
            Node = { Sketch.NodeOf("", "Conv", "i w", "c"), Sketch.NodeOf("", "Relu", "c", "o") },
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 17 } },
        };
        var graph = new Sketch().In("x", ElementType.Float, 1, 16, 8, 8).Weights("w", 16, 16, 1, 1)
            .Node("own", "Layer", "x w", "m")
            .Node("own", "Layer", "m w", "k").Conv("k", "y", 16, 8).Out("y");
        _quantizations.Text(graph.Model(17, 8, function), Picture, Options());
        _quantizations.Report!.QuantizedNodes.ShouldBe(2);
    }

    [Fact]
    public void Outputs_whose_last_node_stays_in_32_bits_keep_their_types()
    {
        var graph = Chain("z").Ints("axis", [], 1).Node("CumSum", "z axis", "y").Out("y", ElementType.Float, 1, 8, 8, 8)
            .Out("br", ElementType.Float, 1, 16, 8, 8);
        _quantizations.Text(graph.Model(), Picture, Options());
        _quantizations.Model().Graph.Output.ShouldAllBe(output => output.Type.TensorType.ElemType == (int)ElementType.Float);
        _quantizations.Report!.Kept.Single().Operator.ShouldBe("CumSum");
    }

    [Fact]
    public void A_model_in_FP16_is_quantized_as_it_is()
    {
        using var conversions = new Conversions();
        var all = new ConversionOptions { ConvertInputs = true, ConvertOutputs = true };
        var half = conversions.Convert(Chain().Model(), ElementType.Float16, all);
        // As another program exports it.
        half.MetadataProps.Clear();
        foreach (var rest in new[] { ElementType.Float16, ElementType.Float })
        {
            _quantizations.Text(half, Picture, Options(rest: rest));
            Quantized().ShouldBe(["n_a", "n_b"]);
            _quantizations.Model().Graph.Input[0].Type.TensorType.ElemType.ShouldBe((int)ElementType.Float16);
        }
    }

    [Fact]
    public void Layers_that_hold_QDQ_already_are_left_alone()
    {
        using var first = new Quantizations();
        first.Text(Chain().Model(), Picture, Options(rest: ElementType.Float, keep: ["n_b"]));
        var model = first.Model();
        // As another program exports it.
        model.MetadataProps.Clear();
        _quantizations.Text(model, Picture, Options());
        _quantizations.Report!.Unquantized.ShouldContain(new KeptNode("n_a", "Conv", "is quantized already"));
        _quantizations.Report.QuantizedNodes.ShouldBe(1);
        _quantizations.Model().Graph.Node.Count(node => node.OpType == "QuantizeLinear").ShouldBe(2);
    }

    [Fact]
    public void Patterns_and_operators_stay_as_they_are_asked_for()
    {
        _quantizations.Text(Chain().Model(), Picture, Options(keep: ["n_b*"]));
        _quantizations.Report!.Unquantized.ShouldContain(new KeptNode("n_b", "Conv", "asked for by name"));
        Quantized().ShouldBe(["n_a"]);
        Should.Throw<ModelOptionException>(() => _quantizations.Text(Chain().Model(), Picture, Options(keep: ["none"])))
            .Message.ShouldContain("'none'");
    }

    [Fact]
    public void A_family_can_be_named_and_must_fit()
    {
        var sample = Quantizations.Picture("x", 1, 3, 8, 8);
        var graph = new Sketch().In("x", ElementType.Float, 1, 3, 8, 8).Block("x", "a", 3, 16, 3)
            .Node("GlobalAveragePool", "a", "g")
            .Node("Flatten", "g", "f").MatMul("f", "y", 16, 20).Out("y", ElementType.Float, 1, 20);
        _quantizations.Text(graph.Model(), sample, Options(sample, task: "Classification"));
        _quantizations.Report!.Unquantized.ShouldBe([new("n_y", "MatMul", "is a last layer of the head of Classification")]);
        Should.Throw<ModelOptionException>(() => _quantizations.Text(graph.Model(), sample, Options(sample, task: "Scrfd")))
            .Message.ShouldContain("is no Scrfd");
        Should.Throw<ModelOptionException>(() => _quantizations.Text(graph.Model(), sample, Options(sample, task: "Cats")))
            .Message.ShouldContain("YoloDetect");
    }

    [Fact]
    public void Tiny_and_dead_channels_have_scales_that_FP16_holds()
    {
        var graph = new Sketch().In("x", ElementType.Float, 1, 16, 8, 8)
            .Floats("a.w", [16, 16, 1, 1],
                [.. Enumerable.Range(0, 256).Select(i => i / 16 == 3 ? 0 : i / 16 == 4 ? 1e-9f * i : .01f * (i % 7))])
            .Node("Conv", "x a.w", "a").Node("Relu", "a", "ar").Conv("ar", "y", 16, 8).Out("y");
        // What is below the steps of a scale of 6e-8 is lost, and no scale is 0.
        _quantizations.Text(graph.Model(), Picture, Options());
        Quantized().ShouldBe(["n_a"]);
    }

    [Fact]
    public void Numbers_are_rounded_half_to_even_and_never_reach_minus_128()
    {
        float[] values = [63.5f, 1.3f, -70, 1.25f, 1.75f, -1.25f, float.NaN, 0];
        var data = new QuantizedData(Inline(values), ElementType.Int8, [8], -1, [.5f]);
        data.ToArray().Select(value => (sbyte)value).ShouldBe([127, 3, -127, 2, 4, -2, 0, 0]);
        QuantizedData.MaxOf(Inline([1, -4, float.PositiveInfinity, 2, 3, 9]), [2, 3], 1).ShouldBe([2, 4, 9]);
        QuantizedData.MaxOf(Inline([1, -4, 8, 2, 3, 9]), [2, 3], 0).ShouldBe([8, 9]);
    }

    [Theory]
    [InlineData(0, 0x00)]
    [InlineData(1, 0x38)]
    [InlineData(-1.5, 0xBC)]
    [InlineData(448, 0x7E)]
    [InlineData(1e9, 0x7E)]
    [InlineData(-1e9, 0xFE)]
    [InlineData(0.001953125, 0x01)]
    [InlineData(0.015625, 0x08)]
    [InlineData(0.0148, 0x08)]
    [InlineData(1.0625, 0x38)]
    [InlineData(1.1875, 0x3A)]
    [InlineData(double.NaN, 0x7F)]
    public void Numbers_of_8_bits_are_those_of_E4M3(double value, int bits) =>
        Float8.FromFloat((float)value).ShouldBe((byte)bits);

    private static InlineData Inline(float[] values) =>
        new(ElementType.Float, values.Length, System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <summary>Two layers that are quantized, then the last one.</summary>
    private static Sketch Chain(string output = "y")
    {
        var graph = new Sketch().In("x", ElementType.Float, 1, 16, 8, 8).Conv("x", "a", 16, 16).Node("Relu", "a", "ar")
            .Conv("ar", "b", 16, 16, 3).Node("Relu", "b", "br").Conv("br", output, 16, output == "y" ? 8 : 16);
        return output == "y" ? graph.Out("y", ElementType.Float, 1, 8, 8, 8) : graph;
    }

    private static QuantizationOptions Options(
        ModelSample? sample = null, ElementType rest = ElementType.Float16, string[]? keep = null, string? task = null) =>
        new()
        {
            Samples = [sample ?? Picture], Method = CalibrationMethod.MinMax, Rest = rest, RestNodes = keep ?? [], Task = task,
        };

    /// <summary>Names of nodes whose weights are of 8 bits.</summary>
    private string[] Quantized()
    {
        var nodes = _quantizations.Model().Graph.Node;
        var dequantized = nodes.Where(node => node.OpType == "DequantizeLinear").SelectMany(node => node.Output).ToHashSet();
        return [.. nodes.Where(node => node.Input.Count > 1 && node.OpType == "Conv" && dequantized.Contains(node.Input[1]))
            .Select(node => node.Name)];
    }
}
