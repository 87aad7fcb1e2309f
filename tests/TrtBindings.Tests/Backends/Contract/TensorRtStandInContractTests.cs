using TrtBindings.Tests.Models.TensorRT;

namespace TrtBindings.Tests.Backends.Contract;

/// <summary>The contract on the stand-ins for TensorRT and CUDA, from the model's file to its results.</summary>
public sealed class TensorRtStandInContractTests : BackendContractTests
{
    private TensorRtRig? _rig;

    protected override BackendKind Kind => BackendKind.TensorRT;

    protected override ModelOptions Options => (_rig ??= new()).Building;

    [SkippableFact]
    public async Task Inputs_and_outputs_are_in_use_until_the_stream_is_done()
    {
        using var model = DeclaredModel.Load(Options);
        using var inputs = model.Inputs(2);
        using var outputs = model.Outputs(2);
        model.Run(inputs, outputs);
        inputs.X.Span.Fill(3);
        _rig!.Driver.Hold(true);
        var task = model.RunAsync(inputs, outputs);
        task.IsCompleted.ShouldBeFalse();
        Should.Throw<TensorsInUseException>(() => model.Run(inputs, outputs));
        Should.Throw<TensorsInUseException>(() => inputs.X.UseHostMemory());
        _rig.Driver.Hold(false);
        await task.WaitAsync(TimeSpan.FromSeconds(10));
        outputs.Y.Span.ToArray().ShouldAllBe(value => value == 6);
        model.Run(inputs, outputs);
    }

    protected override void Dispose(bool disposing) => _rig?.Dispose();
}
