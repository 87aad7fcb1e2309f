using TrtBindings.TestSupport;
using TrtBindings.Tests.Models.TensorRT;

namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>What an engine computes in is looked at, and a node without a kernel is kept in 32 bits.</summary>
[Trait("Category", "Slow")]
public sealed class DeliveredTests
{
    [SkippableTheory]
    [InlineData(ModelPrecision.Float32, ElementType.Float)]
    [InlineData(ModelPrecision.Float16, ElementType.Float16)]
    [InlineData(ModelPrecision.BFloat16, ElementType.BFloat16)]
    public void A_built_engine_shows_the_types_of_its_layers(ModelPrecision precision, ElementType type)
    {
        using var rig = new TensorRtRig();
        var built = Build(rig, precision);
        built.Layers.ShouldBe([new(type, 3, 1)]);
        var again = Build(rig, precision);
        (again.WasBuilt, again.Layers[0]).ShouldBe((false, built.Layers[0]));
        built.KeptNodes.ShouldBeEmpty();
    }

    [SkippableFact]
    public void An_engine_without_one_layer_of_the_asked_type_is_an_error()
    {
        using var rig = new TensorRtRig();
        rig.Trt.Set("ignoresPrecision", 1);
        var error = Should.Throw<EngineBuildException>(() => Build(rig, ModelPrecision.Float16));
        error.Message.ShouldContain("it was asked for float16, and none of the engine's layers computes in it (3 in float)");
        Directory.GetFiles(Path.Combine(rig.Folder, "cache"), "*.engine").ShouldBeEmpty();

        var warned = Build(rig, ModelPrecision.Float16, new() { Policy = ParityPolicy.Warn });
        warned.Layers.ShouldBe([new(ElementType.Float, 3, 1)]);
        rig.Log.Lines.ShouldContain(line => line.StartsWith("Warning") && line.Contains("asked for float16"));
    }

    /// <summary>TensorRT 11 has no such flag: a converted model says in its metadata what it was converted to.</summary>
    [SkippableFact]
    public void A_converted_model_whose_engine_computes_in_32_bits_is_an_error_on_TensorRT_11()
    {
        using var rig = new TensorRtRig(11, 1);
        Build(rig, null).Layers.ShouldBe([new(ElementType.Float, 3, 1)]);
        var model = ParityModel.Two().Metadata("trtbindings.precision", "float16").Save(rig, "half.onnx");
        Should.Throw<EngineBuildException>(() => UntypedModel.BuildEngine(model, Options(rig, null, new())))
            .Message.ShouldContain("asked for float16");
    }

    [SkippableTheory]
    [InlineData("/head/Relu", 2)]
    [InlineData("/tail/Sub", 2)]
    public void A_node_without_a_kernel_is_kept_in_32_bits_by_a_second_try_that_says_so(string node, int half)
    {
        using var rig = new TensorRtRig();
        rig.Trt.Set($"noKernel.{node}", 1);
        var built = Build(rig, ModelPrecision.Float16);
        built.KeptNodes.ShouldBe([node]);
        built.Layers.ShouldBe([new(ElementType.Float16, half, half / 3.0), new(ElementType.Float, 1, 1 / 3.0)]);
        rig.Trt.Get("builds").ShouldBe(2);
        rig.Log.Lines.ShouldContain(line => line.Contains($"no kernel for the node {node}") && line.Contains("once more"));
        var again = Build(rig, ModelPrecision.Float16);
        (again.WasBuilt, again.KeptNodes.Single()).ShouldBe((false, node));
    }

    [SkippableFact]
    public void There_is_one_more_try_only()
    {
        using var rig = new TensorRtRig();
        rig.Trt.Set("noKernel./head/Relu", 1);
        rig.Trt.Set("noKernel./tail/Sub", 1);
        var error = Should.Throw<EngineBuildException>(() => Build(rig, ModelPrecision.Float16));
        error.NodesWithoutKernel.ShouldBe(["/tail/Sub"]);
        error.Message.ShouldContain("ConversionOptions.KeepNodes");
        rig.Trt.Get("builds").ShouldBe(2);
        rig.Trt.Get("live.builderConfig").ShouldBe(0);
    }

    private static BuiltEngine Build(TensorRtRig rig, ModelPrecision? precision, ParityOptions? parity = null) =>
        UntypedModel.BuildEngine(ParityModel.Two().Save(rig), Options(rig, precision, parity ?? new()));

    private static ModelOptions Options(TensorRtRig rig, ModelPrecision? precision, ParityOptions parity) =>
        rig.With(options => options with
        {
            Precision = precision,
            Profiles = [new() { ["batch"] = (1, 2, 2) }],
            Parity = parity,
        });
}
