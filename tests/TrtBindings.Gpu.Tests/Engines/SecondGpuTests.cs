using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Engines;

/// <summary>A model on another GPU than the first.</summary>
public sealed class SecondGpuTests
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_model_runs_on_the_GPU_that_its_index_or_identity_names(bool byIdentity)
    {
        var device = GpuMachine.RequireSecond();
        var entry = ReadyEngine.Require("mnist_n1-64_fp32");
        var gpu = byIdentity ? GpuDevice.WithUuid(device.Uuid) : GpuDevice.At(device.Index);
        using var model = UntypedModel.Load(entry.ModelPath(), ReadyEngine.Options(entry) with { Gpu = gpu });
        model.Gpu.ShouldNotBeNull().Uuid.ShouldBe(device.Uuid);
        foreach (var single in entry.Cases!)
        {
            using var inputs = model.CreateInputs(single.Inputs.Values.Single()[0]);
            using var outputs = model.CreateOutputs(single.Inputs.Values.Single()[0]);
            CaseCheck.FillAndPoison(single, inputs, outputs);
            model.Run(inputs, outputs);
            CaseCheck.Compare(entry, single, outputs).ShouldBeLessThanOrEqualTo(1);
        }
    }
}
