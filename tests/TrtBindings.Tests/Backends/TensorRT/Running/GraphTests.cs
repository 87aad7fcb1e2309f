using TrtBindings.TensorRT.Running;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>Runs that are captured as CUDA graphs and replayed.</summary>
[Trait("Category", "Slow")]
public sealed class GraphTests
{
    [SkippableFact]
    public void Shapes_in_turn_are_recorded_once_each_and_replayed_with_fresh_values()
    {
        using var stand = new GpuStandIns();
        using (var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, null, 64))
        {
            var lane = RunOnce(model, 64, -1);
            for (var round = 0; round < 15; round++)
                foreach (var batch in new[] { 1, 4, 64, 2 }) RunOnce(model, batch, round - 3).ShouldBe(lane);
            lane.GraphCount.ShouldBe(4);
            stand.Driver.Calls("cuStreamBeginCapture").ShouldBe(4);
            stand.Driver.Calls("cuStreamEndCapture").ShouldBe(4);
            // Each shape: a plain run, the capture, a check with a replay, the trial, and replays from then on.
            stand.Driver.Calls("cuGraphLaunch").ShouldBe((4 * (1 + GraphTrial.RunsEach + 2)) + 1);
            stand.Driver.Live("execs").ShouldBe(4);
            stand.Driver.Live("graphs").ShouldBe(0);
        }

        stand.ShouldBeClean();
    }

    [SkippableFact]
    public void A_new_address_and_larger_memory_are_not_replayed_into_the_old_one()
    {
        using var stand = new GpuStandIns();
        var large = Engines.Add.Replace("/4,2", "/2000000,2");
        using (var model = stand.Load(large, Engines.AddSignature, null, 1_000_000))
        {
            foreach (var batch in new[] { 1, 3 })
            {
                model.Inputs.Resize(batch);
                for (var run = 0; run < 4; run++) Check(model, run);
            }

            var lane = model.Session.Lanes.All().Single();
            lane.GraphCount.ShouldBe(2, "small sizes have room to grow");
            // The device copies grow, so the graphs that use them are dropped.
            lane.Memory.StagedBytes.ShouldBe(3 * (4 << 20));
            model.Inputs.Resize(1_000_000);
            Check(model, 1);
            lane.GraphCount.ShouldBe(0);
            lane.Memory.StagedBytes.ShouldBe(3 * 16_000_000);
            model.Inputs.Resize(4);
            for (var run = 0; run < 4; run++) Check(model, run);
            lane.GraphCount.ShouldBe(1);
            using var first = DeviceBuffer.Over(model.Session.AllocateDevice(64));
            using var second = DeviceBuffer.Over(model.Session.AllocateDevice(64));
            var y = new float[8];
            for (var run = 0; run < 6; run++)
            {
                var buffer = run % 2 == 0 ? first : second;
                model.Outputs.Tensors[0].UseDeviceMemory(buffer);
                model.Fill(run);
                model.Binding.Run(default);
                buffer.CopyTo<float>(y);
                y.ShouldBe(model.Input(0).Zip(model.Input(1), (a, b) => a + b));
            }

            model.Session.Lanes.All().Single().GraphCount.ShouldBe(3);
        }

        stand.ShouldBeClean();
    }

    [SkippableFact]
    public void Another_binding_with_the_same_shapes_takes_the_same_recording()
    {
        using var stand = new GpuStandIns();
        using var model = stand.Load(Engines.Add, Engines.AddSignature, GpuStandIns.With(1), 3);
        using var other = model.Another(3);
        for (var run = 0; run < 4; run++)
        {
            Check(model, run);
            Check(other, 10 + run);
        }

        stand.Driver.Calls("cuStreamBeginCapture").ShouldBe(1);
    }

    [SkippableFact]
    public void Bindings_of_some_outputs_and_of_all_do_not_mix_up_recordings()
    {
        const string Two = "input x 0 n\nnode Add a y x x\nnode Mul m z x x\noutput y\noutput z\nprofile x=1/4/8";
        var signature = Sign.Of("x float n -> y float n; z float n");
        using var stand = new GpuStandIns();
        using (var both = stand.Load(Two, signature, GpuStandIns.With(1), 4))
        using (var inputs = new UntypedModel.Inputs(signature, [], [4]))
        using (var outputs = new UntypedModel.Outputs(Sign.Of("x float n -> y float n"), [4]))
        using (var some = both.Session.Bind(inputs.Tensors, outputs.Tensors))
        {
            for (var run = 1; run <= 5; run++)
            {
                inputs.Get<float>(0).Span.Fill(run);
                some.Run(default);
                outputs.Get<float>(0).Span.ToArray().ShouldAllBe(y => y == 2 * run);
                both.Fill(run);
                both.Run();
                both.Floats(0).ShouldBe(both.Input().Select(x => x + x));
                both.Floats(1).ShouldBe(both.Input().Select(x => x * x));
            }

            both.Session.Lanes.All().Single().GraphCount.ShouldBe(2);
        }

        stand.ShouldBeClean();
    }

    [SkippableTheory]
    [InlineData("cuStreamBeginCapture", 801)]
    [InlineData("cuGraphInstantiateWithFlags", 2)]
    [InlineData("cuGraphLaunch", 801)]
    [InlineData("cuGraphGetNodes", 1)]
    public void A_recording_that_fails_at_any_step_changes_no_result_and_is_taken_again(string function, int code)
    {
        using var stand = new GpuStandIns();
        var log = new LogLines();
        using (var model = stand.Load(Engines.Add, Engines.AddSignature, GpuStandIns.With(log: log), 4))
        {
            stand.Driver.Fail(function, code);
            for (var run = 0; run < 30; run++) Check(model, run);
            model.Session.Lanes.All().Single().GraphCount.ShouldBe(1);
            stand.Driver.Live("execs").ShouldBe(1);
            log.Lines.Count(line => line.Contains("is dropped and recorded again later")).ShouldBe(1);
        }

        stand.ShouldBeClean();
    }

    [SkippableTheory]
    [InlineData("cuStreamBeginCapture", 801)]
    [InlineData("cuGraphInstantiateWithFlags", 2)]
    [InlineData("cuGraphLaunch", 801)]
    public void A_recording_that_always_fails_is_given_up_with_its_reason(string function, int code)
    {
        using var stand = new GpuStandIns();
        var log = new LogLines();
        using (var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, GpuStandIns.With(log: log), 64))
        {
            stand.Driver.FailOften(function, -1, code);
            for (var run = 0; run < 40; run++) RunOnce(model, 5, run);
            stand.Driver.Calls("cuStreamBeginCapture").ShouldBe(3);
            log.Lines.Single(line => line.Contains("go on without a CUDA graph")).ShouldContain($"{function} failed");
            model.Session.CapturesGraphs.ShouldBeTrue("other shapes may be captured");
            foreach (var batch in new[] { 6, 7, 8 })
                for (var run = 0; run < 40; run++) RunOnce(model, batch, run);
            model.Session.CapturesGraphs.ShouldBeFalse();
            stand.Driver.Calls("cuStreamBeginCapture").ShouldBe(9);
            log.Lines.Count(line => line.Contains("runs without CUDA graphs from now on")).ShouldBe(1);
            (stand.Driver.Live("execs"), stand.Driver.Live("events")).ShouldBe((0, 0));
        }

        stand.ShouldBeClean();
    }

    [SkippableFact]
    public void Recordings_are_bounded_and_many_shapes_in_turn_do_not_record_each_time()
    {
        using var stand = new GpuStandIns();
        using var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, null, 64);
        for (var round = 0; round < 5; round++)
            for (var batch = 64; batch >= 30; batch--) RunOnce(model, batch, round);
        model.Session.Lanes.All().Single().GraphCount.ShouldBe(RunGraphs.MaxGraphs);
        stand.Driver.Calls("cuStreamBeginCapture").ShouldBe(RunGraphs.MaxGraphs);
        for (var run = 0; run < 40; run++) RunOnce(model, 30, run);
        stand.Driver.Calls("cuStreamBeginCapture").ShouldBe(RunGraphs.MaxGraphs + 1);
        model.Session.Lanes.All().Single().GraphCount.ShouldBe(RunGraphs.MaxGraphs);
    }

    [SkippableTheory]
    [InlineData(10, 0, true)]
    [InlineData(10, 16, false)]
    public void Nothing_is_recorded_where_contexts_cannot_share_memory_or_nobody_wants_it(int major, int minor, bool graphs)
    {
        using var stand = new GpuStandIns(major, minor);
        using var model = stand.Load(Engines.Add, Engines.AddSignature, GpuStandIns.With(graphs: graphs), 4);
        for (var run = 0; run < 5; run++) Check(model, run);
        stand.Driver.Calls("cuStreamBeginCapture").ShouldBe(0);
    }

    private static Lane RunOnce(BoundModel model, int batch, float seed)
    {
        model.Inputs.Resize(batch);
        model.Fill(seed);
        model.Run();
        model.Floats().ShouldBe(model.Input().Select(x => Math.Max(x, 0)));
        return model.Session.Lanes.All().Single();
    }

    private static void Check(BoundModel model, float seed)
    {
        model.Fill(seed);
        model.Run();
        model.Floats().ShouldBe(model.Input(0).Zip(model.Input(1), (x, y) => x + y));
    }
}
