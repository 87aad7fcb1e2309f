using TrtBindings.Graphs.Conversion;
using TrtBindings.Graphs.Tests.Support;

namespace TrtBindings.Graphs.Tests.Conversion;

/// <summary>What releases of TensorRT have trouble with stays in a wider type, for those releases.</summary>
public sealed class ReleaseTableTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, bool> Releases => new()
    {
        { "", true }, { "10.6", false }, { "11.1", false }, { "11.2", true }, { "11.2.1", true }, { "11.3", false },
        { "10.6 11.2", true },
    };

    [Theory]
    [MemberData(nameof(Releases))]
    public void A_grouped_convolution_stays_in_32_bits_for_TensorRT_11_2_and_where_no_release_is_named(string text, bool stays)
    {
        var report = Half(new Sketch().In("x", ElementType.Float, 1, 4, 3, 3)
            .Floats("w", [4, 2, 1, 1], 1, 1, 1, 1, 1, 1, 1, 1).Node("Conv", "x w", "y", ("group", 2L)).Out("y"), text);
        report.Kept.Select(node => node.Reason).ShouldBe(
            stays ? ["TensorRT 11.2 computes grouped convolutions wrong in FP16"] : []);
    }

    [Fact]
    public void A_depthwise_convolution_is_none()
    {
        var report = Half(new Sketch().In("x", ElementType.Float, 1, 4, 3, 3).Floats("w", [4, 1, 1, 1], 1, 1, 1, 1)
            .Node("Conv", "x w", "y", ("group", 4L)).Out("y"), "");
        report.Kept.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("11.0", true)]
    [InlineData("11.2", true)]
    [InlineData("11.3", false)]
    [InlineData("10.15", false)]
    public void A_transposed_convolution_stays_in_32_bits_in_BF16_for_TensorRT_11_0_to_11_2(string text, bool stays)
    {
        var path = Save(new Sketch().In("x", ElementType.Float, 1, 1, 3, 3).Floats("w", [1, 1, 1, 1], 2)
            .Node("ConvTranspose", "x w", "y").Out("y"));
        var report = ModelConversion.ToBFloat16(path, _folder["b.onnx"], new() { TensorRtReleases = Parse(text) });
        report.Kept.Select(node => node.Operator).ShouldBe(stays ? ["ConvTranspose"] : []);
        Half(path, "11.0").Kept.ShouldBeEmpty();
    }

    [Fact]
    public void Products_of_queries_and_keys_stay_in_32_bits_and_those_with_values_do_not()
    {
        var graph = new Sketch().In("q", ElementType.Float, 1, 4, 8).In("k", ElementType.Float, 1, 8, 4)
            .In("v", ElementType.Float, 1, 4, 8).Floats("scale", [], 0.35f).In("mask", ElementType.Float, 1, 4, 4)
            .Node("MatMul", "q k", "scores").Node("Mul", "scores scale", "scaled").Node("Add", "scaled mask", "masked")
            .Node("Softmax", "masked", "shares").Node("MatMul", "shares v", "y").Out("y");
        var report = Half(graph, "10.6");
        report.Kept.Select(node => (node.Node, node.Reason)).ShouldBe(
            [("n_scores", "the products of queries and keys outgrow FP16 in attention")]);
        var all = ModelConversion.ToFloat16(Save(graph), _folder["all.onnx"], new() { ConvertOperators = ["MatMul"] });
        all.Kept.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("8.0", true)]
    [InlineData("8.9", false)]
    [InlineData("9.0", false)]
    public void FP8_is_refused_where_the_GPU_has_none(string compute, bool refused)
    {
        var options = new QuantizationOptions { Type = ElementType.Float8E4M3FN, ComputeCapability = Version.Parse(compute) };
        (ReleaseTable.Find(options.Type, options.TensorRtReleases, options.ComputeCapability, kind => kind == NodeKind.Any)
            is not null).ShouldBe(refused);
        if (!refused) return;
        var path = Save(new Sketch().In("x", ElementType.Float, 3).Node("Relu", "x", "y").Out("y"));
        Should.Throw<ModelOptionException>(() => ModelConversion.Quantize(path, _folder["q.onnx"], new()
        {
            Type = ElementType.Float8E4M3FN, Method = CalibrationMethod.MinMax, ComputeCapability = Version.Parse(compute),
        })).Message.ShouldContain("compute capability 8.9 or later, and ComputeCapability is 8.0");
    }

    [Fact]
    public void A_model_is_converted_and_built_once_more_with_the_nodes_that_have_no_kernel()
    {
        var path = Save(new Sketch().In("x", ElementType.Float, 3).Node("Relu", "x", "a").Node("Neg", "a", "y").Out("y"));
        var builds = 0;
        var engine = new BuiltEngine("e", 1, true, default, "11.1", "GPU");
        var (report, built) = ConvertedBuild.Run(
            keep => ModelConversion.ToFloat16(path, _folder["half.onnx"], new() { KeepNodes = keep }), report =>
            {
                builds++;
                return report.Kept.Count > 0 ? engine : throw new EngineBuildException(report.Target, "11.1", "no kernel")
                {
                    NodesWithoutKernel = ["n_y"],
                };
            });
        (builds, built).ShouldBe((2, engine));
        report.Kept.Single().Node.ShouldBe("n_y");

        // A name that the model does not have, and another error, are the caller's.
        Should.Throw<EngineBuildException>(() => ConvertedBuild.Run(
            keep => ModelConversion.ToFloat16(path, _folder["half.onnx"], new() { KeepNodes = keep }),
            report => throw new EngineBuildException(report.Target, "11.1", "no kernel") { NodesWithoutKernel = ["other"] }))
            .NodesWithoutKernel.ShouldBe(["other"]);
        Should.Throw<EngineBuildException>(() => ConvertedBuild.Run(
            keep => ModelConversion.ToFloat16(path, _folder["half.onnx"]),
            report => throw new EngineBuildException(report.Target, "11.1", "no room"))).NodesWithoutKernel.ShouldBeEmpty();
    }

    private ConversionReport Half(Sketch graph, string releases) => Half(Save(graph), releases);

    private ConversionReport Half(string path, string releases) =>
        ModelConversion.ToFloat16(path, _folder["half.onnx"], new() { TensorRtReleases = Parse(releases) });

    private string Save(Sketch graph) => _folder.Write("model.onnx", graph.Model());

    private static Version[] Parse(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Version.Parse)];
}
