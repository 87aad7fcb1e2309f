using TrtBindings.TestSupport;
using TrtBindings.Tests.Backends.TensorRT.Building;

namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>Loading engines without weights: they run with those of the .onnx, or not at all.</summary>
[Trait("Category", "Slow")]
public sealed class StrippedEngineTests : IDisposable
{
    private readonly TensorRtRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [SkippableFact]
    public void The_weights_of_the_onnx_are_put_in_before_the_first_run()
    {
        var options = _rig.With(options => options with
        {
            StripWeights = true,
            BuildPolicy = BuildPolicy.WhenMissing,
            Profiles = [new() { ["batch"] = (1, 1, 4) }],
        });
        for (var load = 0; load < 2; load++)
        {
            using var model = UntypedModel.Load(BuildModels.Shift(10, 20, -90).ToBytes(), options);
            using var inputs = model.CreateInputs(1);
            using var outputs = model.CreateOutputs(1);
            new float[] { 1, 2, 3 }.CopyTo(inputs.Get<float>(0).Span);
            model.Run(inputs, outputs);
            outputs.Get<float>(0).Span.ToArray().ShouldBe([11, 22, 0]);
        }

        _rig.Trt.Get("builds").ShouldBe(1);
        var file = Directory.GetFiles(options.TensorRT.CacheFolder!, "*.engine").ShouldHaveSingleItem();
        using (var model = UntypedModel.Load(BuildModels.Shift(10, 20, -90).ToBytes(),
            _rig.With(o => o with { EngineFile = file })))
            model.Backend.Kind.ShouldBe(BackendKind.TensorRT);
    }
}
