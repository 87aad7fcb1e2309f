using TrtBindings.TestSupport;
using Xunit.Abstractions;

namespace TrtBindings.Tests.SampleModels;

/// <summary>
/// The shipped models hold nothing that TensorRT was seen to refuse, as far as their graphs tell; no engine of them was built.
/// </summary>
public sealed class TensorRtReadyTests(ITestOutputHelper output)
{
    /// <summary>torchvision's own export, which its fixed-slot form stands beside: docs/tensorrt.md says why.</summary>
    private const string Original = "desk-maskrcnn.onnx";

    private static readonly string Folder = Path.Combine(TestPaths.RepositoryRoot, "samples", "models");

    [Fact]
    public void Every_shipped_model_is_ready_for_TensorRT_as_far_as_its_graph_tells()
    {
        var refused = new List<string>();
        foreach (var (name, graph) in Shipped())
        {
            graph.Nodes.Count.ShouldBeGreaterThan(20, name);
            var findings = TensorRtRefusals.Of(graph);
            output.WriteLine(Row(name, graph));
            if (name != Original) refused.AddRange(findings.Select(finding => $"{name}: {finding}"));
        }

        refused.ShouldBeEmpty();
    }

    [Fact]
    public void Only_the_original_of_Mask_RCNN_is_refused_and_stands_beside_its_fixed_slots()
    {
        var models = Shipped();
        models.Keys.Count(name => name.StartsWith("desk-maskrcnn-", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(3);
        TensorRtRefusals.Of(models[Original]).ShouldNotBeEmpty();
        TensorRtRefusals.Of(models[Original])
            .ShouldAllBe(finding => finding.StartsWith("values of float input 'image' decide a shape", StringComparison.Ordinal));
    }

    [Fact]
    public void The_documents_table_says_what_is_found()
    {
        var lines = File.ReadAllLines(Path.Combine(TestPaths.RepositoryRoot, "docs", "tensorrt.md"));
        var rows = lines.Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Contains(".onnx`")).ToArray();
        var models = Shipped();
        foreach (var row in rows) row.ShouldBe(Row(row.Split('`')[1], models[row.Split('`')[1]]));
        // Models that come after this table need a row only where it would not say "nothing" and "yes".
        models.Where(model => !rows.Contains(Row(model.Key, model.Value))).Select(model => Row(model.Key, model.Value))
            .ShouldAllBe(row => row.EndsWith("| nothing | yes |", StringComparison.Ordinal));
        rows.Length.ShouldBeGreaterThanOrEqualTo(10);
    }

    public static TheoryData<string, string> Refused() => new()
    {
        { "int16", "input 'x' is tensor(int16)" },
        { "uint32", "input 'x' is tensor(uint32)" },
        { "string", "input 'x' is tensor(string)" },
        { "slice", "Slice of 'y', which is uint8" },
        { "zero point", "zero point 'z' of DequantizeLinear is not zero" },
        { "computed zero point", "zero point 'z' of DequantizeLinear is no constant" },
        { "ConvInteger", "operator ConvInteger" },
        { "DynamicQuantizeLinear", "operator DynamicQuantizeLinear" },
        { "inside", "operator ConvInteger" },
        { "shape", "values of float input 'x' decide a shape (Expand)" },
        { "Bernoulli", "operator Bernoulli is not in the list of TensorRT 10" },
        { "names", "2 dimensions of input 'x' are called '?'" },
        { "name", "2 dimensions of input 'x' are called 's'" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_refused_is_found(string name, string finding) =>
        TensorRtRefusals.Of(new(Neighbour(name, true).ToBytes())).ShouldBe([finding]);

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_nearly_refused_is_not(string name, string finding)
    {
        finding.ShouldNotBeEmpty();
        TensorRtRefusals.Of(new(Neighbour(name, false).ToBytes())).ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("edge/ort__test_types_int16.onnx", "input")]
    [InlineData("edge/ort__test_types_uint32.onnx", "input")]
    [InlineData("edge/ort__test_types_string.onnx", "input")]
    [InlineData("edge/ort__test_types_uint8.onnx", "Slice")]
    [InlineData("classify/mnist_tiny_int8.onnx", "zero point")]
    [InlineData("classify/maui_test_model.onnx", "zero point")]
    [InlineData("yolo/yolov8n-seg-uint8.onnx", "DynamicQuantizeLinear")]
    [InlineData("detect-dds/nms-yolov8.onnx", "values of float input 'config' decide a shape")]
    [InlineData("scrfd/yukkki7_scrfd_500m.onnx", "are called '?'")]
    public void Models_that_TensorRT_refused_are_told(string model, string finding) =>
        TensorRtRefusals.Of(Read(model)).ShouldContain(line => line.Contains(finding, StringComparison.Ordinal));

    [SkippableTheory]
    [InlineData("classify/mnist_tiny_fp32.onnx")]
    [InlineData("classify/light_squeezenet.onnx")]
    [InlineData("semseg/sedgen_unet.onnx")]
    [InlineData("scrfd/scrfd_2.5g_kps.onnx")]
    [InlineData("edge/ort__test_types_int64.onnx")]
    [InlineData("edge/ort__test_types_bool.onnx")]
    [InlineData("edge/polygraphy__residual_block.onnx")]
    public void Models_that_TensorRT_took_have_no_finding(string model) => TensorRtRefusals.Of(Read(model)).ShouldBeEmpty();

    [SkippableFact]
    public void The_networks_in_fixed_slots_that_TensorRT_took_have_no_finding()
    {
        foreach (var model in (string[])["vit_small", "yoloseg_shaped", "mask_fixed_slots"])
        {
            var graph = new GraphFile(File.ReadAllBytes(Shared.Require($"tensorrt/models/{model}.onnx")));
            TensorRtRefusals.Of(graph).ShouldBeEmpty(model);
            TensorRtRefusals.NotRecordedOf(graph).ShouldBe(model[0] == 'm' ? ["NonMaxSuppression"] : []);
        }
    }

    private static Dictionary<string, GraphFile> Shipped() =>
        Directory.GetFiles(Folder, "*.onnx", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .ToDictionary(path => Path.GetFileName(path), path => new GraphFile(File.ReadAllBytes(path)));

    /// <summary>A model's line of the table.</summary>
    private static string Row(string name, GraphFile graph)
    {
        var (findings, parts) = (TensorRtRefusals.Of(graph), TensorRtRefusals.NotRecordedOf(graph));
        var shapes = findings.Where(finding => finding.Contains("decide a shape", StringComparison.Ordinal))
            .Select(finding => $"`{finding.Split('(', ')')[1]}`").Order(StringComparer.Ordinal).ToArray();
        var found = findings.Count == 0 ? "nothing"
            : shapes.Length == findings.Count ? $"the picture's values decide shapes: {string.Join(", ", shapes)}"
            : string.Join("; ", findings);
        var recorded = parts.Count == 0 ? "yes" : $"no: {string.Join(", ", parts.Select(part => $"`{part}`"))}";
        return $"| `{name}` | {found} | {recorded} |";
    }

    private static GraphFile Read(string model) => new(File.ReadAllBytes(Shared.Require("realmodels/" + model)));

    /// <summary>A graph that is refused, or the one beside it that is not.</summary>
    private static OnnxModelBuilder Neighbour(string name, bool isRefused) => name switch
    {
        "int16" => Identity(isRefused ? ElementType.Int16 : ElementType.Int32),
        "uint32" => Identity(isRefused ? ElementType.UInt32 : ElementType.Int64),
        "string" => Identity(isRefused ? ElementType.String : ElementType.Bool),
        "slice" => Graph().Node("Cast", ["x"], ["y"], OnnxAttribute.Int("to", isRefused ? 2 : 3))
            .Graph(g => g.Initializer(OnnxTensor.Int64s("zero", [1], 0)).Initializer(OnnxTensor.Int64s("one", [1], 1)))
            .Node("Slice", ["y", "zero", "one"], ["out"]),
        "zero point" => Graph().Initializer("z", ElementType.Int8, [], [(byte)(isRefused ? 3 : 0)])
            .Graph(g => g.Initializer(OnnxTensor.Floats("s", [], 0.5f))).Node("DequantizeLinear", ["x", "s", "z"], ["out"]),
        "computed zero point" => Graph().Node(isRefused ? "Neg" : "Identity", ["c"], ["z"])
            .Initializer("c", ElementType.Int8, [], [0]).Graph(g => g.Initializer(OnnxTensor.Floats("s", [], 0.5f)))
            .Node("DequantizeLinear", ["x", "s", "z"], ["out"]),
        "inside" => Graph().Node("If", ["x"], ["out"], OnnxAttribute.Graph("then_branch",
            new OnnxGraphBuilder("then").Node(isRefused ? "ConvInteger" : "Conv", ["x", "x"], ["inner"]))),
        "shape" => Graph().Node(isRefused ? "Round" : "Shape", ["x"], ["y"])
            .Node("Cast", ["y"], ["shape"], OnnxAttribute.Int("to", 7)).Node("Expand", ["x", "shape"], ["out"]),
        "names" => Named("?", isRefused ? "?" : null),
        "name" => Named("s", isRefused ? "s" : "t"),
        _ => Graph().Node(isRefused ? name : "Conv", ["x", "x"], ["out"]),
    };

    private static OnnxModelBuilder Graph() =>
        new OnnxModelBuilder().Input("x", ElementType.Float, 1L).Output("out", ElementType.Float, 1L);

    private static OnnxModelBuilder Identity(ElementType type) =>
        new OnnxModelBuilder().Input("x", type, 1L).Output("out", type, 1L).Node("Identity", ["x"], ["out"]);

    private static OnnxModelBuilder Named(params object?[] sizes) => new OnnxModelBuilder()
        .Input("x", ElementType.Float, sizes).Output("out", ElementType.Float, sizes).Node("Relu", ["x"], ["out"]);
}
