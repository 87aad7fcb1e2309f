using TrtBindings.Graphs.Tests.Support;

namespace TrtBindings.Graphs.Tests.Quantization;

/// <summary>The check for what TensorRT refuses finds each of these things where it was planted.</summary>
public sealed class TensorRtRulesTests : IDisposable
{
    private readonly Quantizations _quantizations = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _quantizations.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Each_planted_fault_is_found()
    {
        var sample = Quantizations.Picture("x", 1, 16, 8, 8);
        var graph = new Sketch().In("x", ElementType.Float, 1, 16, 8, 8).Block("x", "a", 16, 16).Block("a", "b", 16, 16)
            .Conv("b", "y", 16, 8).Out("y", ElementType.Float, 1, 8, 8, 8);
        _quantizations.Text(graph.Model(), sample);

        Planted(model => Initializer(model, "zero_point").RawData = Google.Protobuf.ByteString.CopyFrom(3))
            .ShouldContain("has a zero point that is not 0");
        Planted(model => Initializer(model, "zero_point").DataType = (int)ElementType.UInt8).ShouldContain("is not symmetric");
        Planted(model => Initializer(model, "a_scale").Dims.Add(1))
            .ShouldContain("has a scale for each channel of an activation");
        Planted(model => Initializer(model, "a_scale").RawData = Google.Protobuf.ByteString.CopyFrom(0, 0))
            .ShouldContain("has a scale that is not above 0");
        Planted(model => Node(model, "b.c").Input[2] = "b.c.w_dequantized").ShouldContain("is a bias of 8 bits");
        Planted(model => Node(model, "b.c").Input[1] = "b.w").ShouldContain("is only one input of Conv 'n_b.c'");
        Planted(model => Node(model, "a.s").Input[0] = "x_dequantized").ShouldContain("is read by Sigmoid 'n_a.s'");
        Planted(model =>
        {
            Node(model, "a_quantized").Input[0] = "a.s";
            Node(model, "a").Input[1] = "a_dequantized";
        }).ShouldContain("is inside an activation");
        Planted(model => model.Graph.Output[0].Name = "a_dequantized").ShouldContain("is behind the last layer");
        Planted(model => model.Graph.Output[0].Name = "a_quantized").ShouldContain("is not followed by DequantizeLinear");
    }

    /// <summary>What is found after a fault was planted, without the node's name.</summary>
    private IEnumerable<string> Planted(Action<ModelProto> plant)
    {
        var model = _quantizations.Model();
        model.Graph.Initializer.Add(Sketch.HalfTensor("b.w", [16, 16, 1, 1], new float[256]));
        plant(model);
        return TensorRtRules.Problems(_folder.Write("planted.onnx", model))
            .Select(line => line[(line.IndexOf("': ", StringComparison.Ordinal) + 3)..]);
    }

    private static TensorProto Initializer(ModelProto model, string name) =>
        model.Graph.Initializer.Single(one => one.Name == name);

    private static NodeProto Node(ModelProto model, string output) => model.Graph.Node.Single(one => one.Output.Contains(output));
}
