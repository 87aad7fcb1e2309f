using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TestSupport.TensorRT;
using TrtBindings.Tests.Interop;

namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>Sessions that are refitted or disposed while threads run them.</summary>
[Trait("Category", "Slow")]
public sealed class LifetimeTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    [SkippableFact]
    public async Task New_weights_wait_for_runs_and_runs_wait_for_them()
    {
        const string Biased = """
            refittable
            input x 0 batch,2
            weights bias 2 1 1
            node Add sum y x bias
            output y
            profile x=1,2/2,2/4,2
            """;
        var signature = Sign.Of("x float batch,2 -> y float batch,2");
        using var stand = new GpuStandIns();
        stand.Driver.Set("delay_us", 0);
        using (var engine = stand.Open(Biased, signature, GpuStandIns.With(3)))
        {
            var stop = false;
            var workers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                using var model = new BoundModel(engine, signature, 4) { KeepsSession = true };
                while (!Volatile.Read(ref stop))
                {
                    model.Run();
                    var y = model.Floats();
                    y.ShouldAllBe(value => value == y[0], "one run has the weights of one time");
                }
            })).ToArray();
            for (var round = 2; round < 30; round++) engine.Refit(native => Give(native, round));
            Volatile.Write(ref stop, true);
            await Task.WhenAll(workers).WaitAsync(Guard);
            using var last = new BoundModel(engine, signature, 1) { KeepsSession = true };
            last.Run();
            last.Floats().ShouldBe([29, 29]);
            Should.Throw<TensorRtException>(() => engine.Refit(native =>
            {
                using var refitter = native.CreateRefitter();
                SlotCalls.SetWeights(native.Library.Slots, "VRefitter", refitter.Raw, "setNamedWeights", "none", default)
                    .ShouldBeFalse();
                throw TrtStatus.Failure(refitter, "IRefitter.setNamedWeights");
            }));
            last.Run();
            last.Floats().ShouldBe([29, 29]);
        }

        stand.ShouldBeClean();
    }

    [SkippableFact]
    public async Task Disposal_at_any_moment_lets_runs_end_right_or_refuses_them()
    {
        using var stand = new GpuStandIns();
        stand.Driver.Set("delay_us", 0);
        var right = 0;
        for (var round = 0; round < 30; round++)
        {
            var engine = stand.Open(Engines.Add, Engines.AddSignature, GpuStandIns.With(2));
            var workers = Enumerable.Range(0, 4).Select(index => Task.Run(async () =>
            {
                using var model = new BoundModel(engine, Engines.AddSignature, 4) { KeepsSession = true };
                for (var run = 0; ; run++)
                {
                    model.Fill(run);
                    try
                    {
                        if ((index & 1) == 0) model.Binding.Run(default);
                        else await model.Binding.RunAsync(default);
                    }
                    catch (ObjectDisposedException)
                    {
                        return;
                    }

                    model.Floats().ShouldBe(model.Input(0).Zip(model.Input(1), (x, y) => x + y));
                    Interlocked.Increment(ref right);
                }
            })).ToArray();
            await Task.Delay(round % 7);
            engine.Dispose();
            try
            {
                await Task.WhenAll(workers).WaitAsync(Guard);
            }
            catch (ObjectDisposedException)
            {
            }
        }

        right.ShouldBeGreaterThan(0);
        stand.ShouldBeClean();
    }

    [SkippableFact]
    public async Task New_weights_for_an_engine_that_is_disposed_are_refused()
    {
        using var stand = new GpuStandIns();
        using (var model = stand.Load(Engines.Add, Engines.AddSignature, null, 4))
        {
            model.Run();
            model.Session.Dispose();
            var refit = Task.Run(() => model.Session.Refit(_ => { }));
            await Should.ThrowAsync<ObjectDisposedException>(refit.WaitAsync(TimeSpan.FromSeconds(10)));
        }

        stand.ShouldBeClean();
    }

    [SkippableFact]
    public void A_process_ends_cleanly_with_a_run_under_way_and_nothing_disposed()
    {
        using var stand = new GpuStandIns();
        var plan = Path.Combine(stand.Trt.Folder, "model.engine");
        File.WriteAllBytes(plan, stand.Trt.Plan("input x 0 4\nnode Add a y x x\noutput y"));
        // Slow enough that the run is in flight when the program ends.
        var late = new Dictionary<string, string> { ["FAKE_CUDA_DELAY_US"] = "20000" };
        var (exitCode, output, errors) = Probe.Run(Probe.Folder, late, "--exit", plan, stand.Trt.Path, stand.Driver.Path);
        errors.ShouldBeEmpty();
        (exitCode, output).ShouldBe((0, "6 6 6 6"));
    }

    private static unsafe void Give(TrtEngine engine, float value)
    {
        float[] bias = [value, value];
        using var refitter = engine.CreateRefitter();
        fixed (float* values = bias)
        {
            SlotCalls.SetWeights(engine.Library.Slots, "VRefitter", refitter.Raw, "setNamedWeights", "bias",
                new(TrtDataType.Float, (nint)values, bias.Length)).ShouldBeTrue();
            refitter.RefitCudaEngine();
        }
    }
}
