using TrtBindings.Tests.Models.TensorRT;

namespace TrtBindings.Tests.Backends.Contract;

/// <summary>The contract on the stand-ins for TensorRT and CUDA, from the model's file to its results.</summary>
[Trait("Category", "Slow")]
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

    [SkippableFact]
    public async Task What_is_disposed_in_flight_is_freed_when_the_run_is_done()
    {
        var model = DeclaredModel.Load(Options);
        var inputs = model.Inputs(2);
        var outputs = model.Outputs(2);
        model.Run(inputs, outputs);
        _rig!.Driver.Hold(true);
        var task = model.RunAsync(inputs, outputs);
        outputs.Dispose();
        inputs.Dispose();
        var disposal = Task.Run(model.Dispose);
        _rig.Driver.Hold(false);
        await task.WaitAsync(TimeSpan.FromSeconds(10));
        await disposal.WaitAsync(TimeSpan.FromSeconds(10));
        Should.Throw<ObjectDisposedException>(() => outputs.Y.Span.Length);
        _rig.Trt.ShouldBeClean("engine", "context");
        using var again = DeclaredModel.Load(Options);
        again.Backend.Kind.ShouldBe(BackendKind.TensorRT);
    }

    protected override void Dispose(bool disposing) => _rig?.Dispose();
}
