using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Tests.Support;

namespace TrtBindings.Graphs.Tests.Conversion;

/// <summary>The corners of a model that a converter has to know by name, and what the caller asks to keep.</summary>
public sealed class ConverterTests : IDisposable
{
    private const int Half = (int)ElementType.Float16;
    private const int Single = (int)ElementType.Float;

    private static readonly ModelSample Three = new ModelSample().Add("x", [1f, -2f, 0.5f], 3);

    private readonly Conversions _conversions = new();

    public void Dispose() => _conversions.Dispose();

    [Fact]
    public void Scales_and_roi_of_Resize_stay_float32_and_inputs_that_are_left_out_stay_out()
    {
        var graph = new Sketch().In("x", ElementType.Float, 1, 1, 2, 2).Floats("roi", [8], 0, 0, 0, 0, 1, 1, 1, 1)
            .Floats("scales", [4], 1, 1, 2, 2).Floats("w", [1, 1, 1, 1], 2).Node("Conv", "x w", "a")
            .Node("Resize", "a roi scales", "b")
            .Node("Resize", "b . scales", "c").Node("Clip", "c . top", "y").Floats("top", [], 100).Out("y");
        var model = _conversions.Half(graph.Model(), new ModelSample().Add("x", [1f, 2, 3, 4], 1, 1, 2, 2));
        model.Graph.Initializer.Select(tensor => (tensor.Name, tensor.DataType)).ShouldBe(
            [("roi", Single), ("scales", Single), ("w", Half), ("top", Half)], ignoreOrder: true);
        Node(model, "n_b").Input.ShouldBe(["a", "roi", "scales"]);
        Node(model, "n_c").Input.ShouldBe(["b", "", "scales"]);
        Node(model, "n_y").Input.ShouldBe(["c", "", "top"]);
    }

    [Fact]
    public void Nodes_out_of_order_stale_notes_stale_shapes_and_open_dimensions_are_no_trouble()
    {
        var graph = new Sketch().In("x", ElementType.Float, -1).Node("Neg", "t", "y").Node("Exp", "x", "t")
            .Note("t", ElementType.Float, 9).Note("gone", ElementType.Float, 9).Out("y", ElementType.Float, -1);
        graph.Graph.Output[0].Type.TensorType.Shape.Dim[0].DimParam = "somewhere_else";
        var model = _conversions.Half(graph.Model(), Three);
        model.Graph.Node.Select(node => node.OpType).ShouldBe(["Cast", "Exp", "Neg", "Cast"]);
        // A note that says float about FP16 would be an error for some readers.
        model.Graph.ValueInfo.Select(note => (note.Name, note.Type.TensorType.ElemType)).ShouldBe([("t", Half)]);
        // An open size stays open, and is not read as 0.
        model.Graph.Input[0].Type.TensorType.Shape.Dim[0].HasDimValue.ShouldBeFalse();
        model.Graph.Output[0].Type.TensorType.Shape.Dim[0].DimParam.ShouldBe("somewhere_else");
    }

    [Fact]
    public void One_cast_serves_all_readers_and_what_only_moves_elements_needs_none()
    {
        var graph = new Sketch().In("x", ElementType.Float, 3).Ints("axis", [], 0).Ints("shape", [2], 3, 1)
            .Node("Exp", "x", "a").Node("Neg", "x", "b").Node("Add", "a b", "c").Node("CumSum", "c axis", "d")
            .Node("Reshape", "d shape", "e").Node("Transpose", "e", "f").Node("Identity", "f", "y")
            .Out("y", ElementType.Float, 1, 3);
        var model = _conversions.Half(graph.Model(), Three);
        // One in, one before the sum; what comes after it only moves its result.
        model.Graph.Node.Count(node => node.OpType == "Cast").ShouldBe(2);
        _conversions.Report!.AddedCasts.ShouldBe(2);
    }

    [Fact]
    public void Operators_and_nodes_are_kept_as_asked_and_a_pattern_without_a_node_is_an_error()
    {
        var graph = new Sketch().In("x", ElementType.Float, 3).Node("Exp", "x", "a").Node("Neg", "a", "b").Node("Exp", "b", "y")
            .Out("y");
        _conversions.Half(graph.Model(), Three, new() { KeepOperators = ["Neg"], KeepNodes = ["n_?"] });
        _conversions.Report!.Kept.Select(node => node.Reason).ShouldBe(
            ["asked for by name", "asked for by operator", "asked for by name"]);
        Should.Throw<ModelOptionException>(() => _conversions.Half(graph.Model(), Three, new() { KeepNodes = ["nothing*"] }))
            .Message.ShouldContain("nothing*");
    }

    [Fact]
    public void Samples_keep_what_leaves_FP16_and_without_them_the_report_says_so()
    {
        var graph = new Sketch().In("x", ElementType.Float, 3).Floats("w", [], 300).Floats("v", [], 0.01f).Node("Mul", "x w", "a")
            .Node("Mul", "a w", "b").Node("Mul", "b v", "c").Node("Mul", "c v", "d").Node("Tanh", "d", "y").Out("y");
        var model = graph.Model();
        _conversions.Convert(model, ElementType.Float16);
        _conversions.Report!.Kept.ShouldBeEmpty();
        _conversions.Report.ToString().ShouldContain("ranges of values were not measured");

        _conversions.Half(model, Three, new() { Samples = [Three] });
        // b reaches 180 000: the node that makes it and the one that reads it.
        _conversions.Report!.Kept.Select(node => node.Node).ShouldBe(["n_b", "n_c"]);
        _conversions.Report.Kept[0].Reason.ShouldBe("'b' reaches 1.8E+05, and FP16 ends at 65504");
        _conversions.Report.Samples.ShouldBe(1);
    }

    [Fact]
    public void Values_and_constants_below_the_smallest_normal_number_are_kept()
    {
        var graph = new Sketch().In("x", ElementType.Float, 3).Floats("tiny", [], 1e-6f).Floats("w", [], 1e-3f)
            .Node("Mul", "x w", "a")
            .Node("Mul", "a w", "b").Node("Mul", "b w", "c").Node("Add", "x tiny", "d").Node("Exp", "d", "y").Out("y").Out("c");
        _conversions.Half(graph.Model(), Three, new() { Samples = [Three] });
        _conversions.Report!.Kept.Select(node => node.Node).ShouldBe(["n_b", "n_c", "n_d"]);
        _conversions.Report.Kept[2].Reason.ShouldStartWith("its constant 'tiny' reaches only 1E-06");
    }

    [Fact]
    public void A_mask_of_a_constant_beyond_FP16_keeps_what_is_made_with_it()
    {
        var graph = new Sketch().In("x", ElementType.Float, 3).In("m", ElementType.Bool, 3).Floats("low", [], float.MinValue)
            .Node("Exp", "x", "s").Node("Where", "m low s", "masked").Node("Softmax", "masked", "p").Node("Neg", "p", "y")
            .Out("y");
        _conversions.Half(graph.Model(), new ModelSample().Add("x", [1f, -2f, 0.5f], 3).Add("m", [true, false, false], 3));
        _conversions.Report!.Kept.Select(node => node.Operator).ShouldBe(["Where", "Softmax"]);
    }

    [Fact]
    public void Noise_is_no_picture_and_is_refused()
    {
        var graph = new Sketch().In("x", ElementType.Float, 1, 3, 32, 32).Node("Relu", "x", "y").Out("y");
        var random = new Random(1);
        float[] noise = [.. Enumerable.Range(0, 3072).Select(_ => random.NextSingle())];
        var error = Should.Throw<ModelOptionException>(() => _conversions.Convert(
            graph.Model(), ElementType.Float16, new() { Samples = [new ModelSample().Add("x", noise, 1, 3, 32, 32)] }));
        error.Message.ShouldContain("noise");
        // The sum of neighbours is as blurred as a picture.
        float[] picture = [.. noise.Select((value, i) => i == 0 ? value : 0.5f * (value + noise[i - 1]))];
        _conversions.Convert(
            graph.Model(), ElementType.Float16, new() { Samples = [new ModelSample().Add("x", picture, 1, 3, 32, 32)] });
    }

    [Fact]
    public void Batch_normalization_goes_into_the_convolution_before_ranges_are_taken()
    {
        var graph = new Sketch().In("x", ElementType.Float, 1, 1, 2, 2).Floats("w", [2, 1, 1, 1], 1e6f, 2e6f)
            .Floats("b", [2], 1, 2)
            .Floats("s", [2], 1, 2).Floats("t", [2], 3, 4).Floats("m", [2], 5, 6).Floats("v", [2], 1e12f, 4e12f)
            .Node("Conv", "x w b", "c").Node("BatchNormalization", "c s t m v", "n").Node("Relu", "n", "y").Out("y");
        var sample = new ModelSample().Add("x", [1f, 2, 3, 4], 1, 1, 2, 2);
        var model = _conversions.Half(graph.Model(), sample, new() { Samples = [sample] });
        // Neither the weights of a million nor what they gave exist any more.
        _conversions.Report!.Kept.ShouldBeEmpty();
        _conversions.Report.FoldedBatchNormalizations.ShouldBe(1);
        model.Graph.Node.Select(node => node.OpType).ShouldBe(["Cast", "Conv", "Relu", "Cast"]);
    }

    [Fact]
    public void The_file_says_what_it_was_made_from_and_how_and_keeps_what_it_said_before()
    {
        var model = new Sketch().In("x", ElementType.Float, 3).Node("Exp", "x", "y").Out("y").Model();
        model.MetadataProps.Add(new StringStringEntryProto { Key = "names", Value = "{0: 'cat'}" });
        var result = _conversions.Convert(model, ElementType.Float16);
        var said = result.MetadataProps.ToDictionary(entry => entry.Key, entry => entry.Value);
        said["names"].ShouldBe("{0: 'cat'}");
        said["trtbindings.precision"].ShouldBe("float16");
        said["trtbindings.source"].ShouldBe("in.onnx");
        said["trtbindings.source_sha256"].ShouldBe(_conversions.Report!.SourceHash);
        using var file = OnnxFile.Read(_conversions["in.onnx"]);
        Convert.ToHexStringLower(file.Hash).ShouldBe(_conversions.Report.SourceHash);
        said["trtbindings.source_files"].ShouldBe($"{_conversions.Report.SourceHash}  in.onnx");
        said["trtbindings.conversion"].ShouldContain("0 samples");
    }

    [Fact]
    public void A_failed_conversion_leaves_the_old_target_and_nothing_else()
    {
        var good = new Sketch().In("x", ElementType.Float, 3).Node("Exp", "x", "y").Out("y");
        _conversions.Convert(good.Model(), ElementType.Float16);
        var before = File.ReadAllBytes(_conversions["out.onnx"]);
        var files = Directory.GetFileSystemEntries(Path.GetDirectoryName(_conversions["out.onnx"])!).Order().ToArray();
        Should.Throw<ModelOptionException>(() => _conversions.Convert(
            good.Model(), ElementType.Float16, new() { KeepNodes = ["nothing"] }));
        Should.Throw<ModelConversionException>(() => _conversions.Convert(
            good.Model(), ElementType.Float16, new() { Samples = [new ModelSample().Add("x", [1f, 2], 2)] }));
        Should.Throw<ModelConversionException>(() => ModelConversion.ToBFloat16(
            _conversions["in.onnx"], _conversions["out.onnx"], new() { Samples = [new ModelSample().Add("x", [1f, 2], 2)] }))
            .Message.ShouldContain("on the samples");
        File.ReadAllBytes(_conversions["out.onnx"]).ShouldBe(before);
        Directory.GetFileSystemEntries(Path.GetDirectoryName(_conversions["out.onnx"])!).Order().ShouldBe(files);
        Should.Throw<ModelFileException>(() => ModelConversion.ToFloat16(_conversions["in.onnx"], _conversions["in.onnx"]));
    }

    [SkippableFact]
    public void A_target_that_is_the_source_by_another_path_is_refused()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a right on Windows");
        var good = new Sketch().In("x", ElementType.Float, 3).Node("Exp", "x", "y").Out("y");
        _conversions.Convert(good.Model(), ElementType.Float16);
        var source = _conversions["in.onnx"];
        var before = File.ReadAllBytes(source);
        Directory.CreateSymbolicLink(_conversions["linked"], Path.GetDirectoryName(source)!);
        File.CreateSymbolicLink(_conversions["link.onnx"], source);
        var same = Path.Combine(_conversions["linked"], "in.onnx");
        Should.Throw<ModelFileException>(() => ModelConversion.ToFloat16(source, same));
        Should.Throw<ModelFileException>(() => ModelConversion.ToFloat16(_conversions["link.onnx"], source));
        File.ReadAllBytes(source).ShouldBe(before);
    }

    private static NodeProto Node(ModelProto model, string name) => model.Graph.Node.Single(node => node.Name == name);
}
