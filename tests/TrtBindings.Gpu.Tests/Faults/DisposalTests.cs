using TrtBindings.Backends;
using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.TensorRT.Running;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Faults;

/// <summary>Models that are disposed while they run, in any order, and by the collector.</summary>
public sealed class DisposalTests
{
    private const int Rounds = 30;

    [SkippableFact]
    public void A_model_that_is_disposed_in_flight_ends_its_run_or_says_so_and_others_go_on()
    {
        var entry = ReadyEngine.Require("unet_n1-16_fp32");
        using var witness = new Witness();
        for (var round = 0; round < Rounds; round++)
        {
            var model = Filter.LoadEngine(entry.PlanPath(), ReadyEngine.Options(entry));
            using var inputs = model.AllocateInputs(n: 16);
            using var outputs = model.AllocateOutputs(n: 16);
            InputFormula.Fill(inputs.Tensors[0]);
            var runs = Task.Run(async () =>
            {
                while (true) await model.RunAsync(inputs, outputs);
            });
            if (round % 2 == 0) Thread.Sleep(round % 7);
            model.Dispose();
            var error = Record.Exception(() => runs.Wait(TimeSpan.FromSeconds(10)).ShouldBeTrue("the runs never ended"));
            var inner = error.ShouldBeOfType<AggregateException>().InnerException;
            (inner is ObjectDisposedException or TrtBindingsException).ShouldBeTrue($"{inner}");
        }
    }

    [SkippableFact]
    public void Tensors_may_outlive_their_model_and_models_that_nobody_disposes_are_collected()
    {
        var entry = ReadyEngine.Require("mnist_n1-64_fp32");
        using var witness = new Witness();
        for (var round = 0; round < Rounds; round++) Leave(entry);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        GpuMachine.Context.Synchronize();
        var model = Digits.LoadEngine(entry.PlanPath(), ReadyEngine.Options(entry));
        var inputs = model.AllocateInputs(batch: 3);
        var outputs = model.AllocateOutputs(batch: 3);
        model.Run(inputs, outputs);
        model.Dispose();
        outputs.Logits.Span.Length.ShouldBe(30);
        Should.Throw<ObjectDisposedException>(() => model.Run(inputs, outputs));
        inputs.Dispose();
        outputs.Dispose();
    }

    [SkippableFact]
    public async Task New_weights_for_an_engine_that_is_disposed_are_refused()
    {
        var entry = ReadyEngine.Require("mnist_refit_fp32");
        using var witness = new Witness();
        using var file = EnginePlanFile.Open(entry.PlanPath());
        using var plan = file.ReadPlan();
        using var model = UntypedModel.Load(entry.ModelPath(), ReadyEngine.Options(entry));
        var session = TensorRtSession.Open(GpuMachine.Host, plan, entry.Engine, model.Signature, new());
        session.Dispose();
        var refit = Task.Run(() => session.Refit(_ => { }));
        await Should.ThrowAsync<ObjectDisposedException>(refit.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    private static void Leave(ManifestEngine entry)
    {
        var model = Digits.LoadEngine(entry.PlanPath(), ReadyEngine.Options(entry));
        model.Run(model.AllocateInputs(batch: 2), model.AllocateOutputs(batch: 2));
    }
}
