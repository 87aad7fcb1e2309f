using TrtBindings.Interop.Cuda;
using TrtBindings.TensorRT.Running;

namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>Work of the application around a run, inside its CUDA graph.</summary>
[Trait("Category", "Slow")]
public sealed class GpuWorkTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(10);

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Kernels_run_before_and_after_the_model_in_each_run_and_are_queued_again_only_without_a_graph(bool graphs)
    {
        using var stand = new GpuStandIns();
        using (var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, GpuStandIns.With(graphs: graphs), 4))
        using (var work = new AddWork(stand, 12).For(model))
        {
            for (var run = 0; run < RunGraphs.RunsUntilChosen; run++) work.RunOn(model, run - 5);
            var (kernels, replays) = (stand.Driver.Calls("cuLaunchKernel"), stand.Driver.Calls("cuGraphLaunch"));
            for (var run = 0; run < 10; run++) work.RunOn(model, 7 - run);
            (stand.Driver.Calls("cuLaunchKernel") - kernels).ShouldBe(graphs ? 0 : 20);
            (stand.Driver.Calls("cuGraphLaunch") - replays).ShouldBe(graphs ? 10 : 0);
            model.Session.Lanes.All().Single().GraphCount.ShouldBe(graphs ? 1 : 0);
        }

        stand.ShouldBeClean();
    }

    [SkippableFact]
    public void Other_work_is_recorded_anew_and_what_it_was_before_is_forgotten()
    {
        using var stand = new GpuStandIns();
        using var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, null, 4);
        using var work = new AddWork(stand, 12).For(model);
        using var other = new AddWork(stand, 12);
        for (var change = 1; change <= 3; change++)
        {
            for (var run = 0; run < 20; run++) work.RunOn(model, run);
            stand.Driver.Calls("cuStreamBeginCapture").ShouldBe(change);
            stand.Driver.Live("execs").ShouldBe(1);
            work.Changed();
        }

        other.For(model);
        for (var run = 0; run < 20; run++) other.RunOn(model, run);
        model.Binding.Work = null;
        for (var run = 0; run < 20; run++) model.Binding.Run(default);
        stand.Driver.Calls("cuStreamBeginCapture").ShouldBe(5, "each object's work is its own, and so is none");
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_warm_run_with_work_allocates_nothing(bool graphs)
    {
        using var stand = new GpuStandIns();
        stand.Driver.Set("delay_us", 0);
        using var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, GpuStandIns.With(graphs: graphs), 4);
        using var work = new AddWork(stand, 12).For(model);
        work.MeasuresTimes = true;
        for (var run = 0; run < RunGraphs.RunsUntilChosen; run++) work.RunOn(model, run);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < 100; run++) model.Binding.Run(default);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        work.Check();
    }

    [SkippableFact]
    public async Task Two_runs_with_work_are_in_flight_on_two_lanes_and_each_gives_its_own_result()
    {
        using var stand = new GpuStandIns();
        using var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, null, 4);
        using var other = model.Another(4);
        using var first = new AddWork(stand, 12).For(model);
        using var second = new AddWork(stand, 12).For(other);
        (model.Binding.Work, other.Binding.Work) = (first, second);
        for (var run = 0; run < 30; run++)
        {
            stand.Driver.Hold(true);
            first.Expect(run);
            second.Expect(100 - run);
            var runs = new[] { model.Binding.RunAsync(default).AsTask(), other.Binding.RunAsync(default).AsTask() };
            stand.Driver.Hold(false);
            await Task.WhenAll(runs).WaitAsync(Guard);
            first.Check();
            second.Check();
        }

        model.Session.Lanes.All().Length.ShouldBe(2);
        stand.Driver.Live("execs").ShouldBe(2);
    }

    [SkippableTheory]
    [InlineData("Prepare")]
    [InlineData("Before")]
    [InlineData("After")]
    [InlineData("Complete")]
    public async Task What_the_work_throws_is_the_run_s_error_and_the_next_run_is_right(string place)
    {
        using var stand = new GpuStandIns();
        using (var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, GpuStandIns.With(1), 4))
        using (var work = new AddWork(stand, 12).For(model))
        {
            model.Binding.Work = work;
            for (var run = 0; run < 3; run++)
            {
                work.On = at => { if (at == place) throw new FormatException(place); };
                Should.Throw<FormatException>(() => model.Binding.Run(default));
                await Should.ThrowAsync<FormatException>(model.Binding.RunAsync(default).AsTask().WaitAsync(Guard));
                work.On = null;
                work.RunOn(model, run);
            }

            model.Session.Lanes.All().Single().Stream.IsCapturing.ShouldBeFalse();
        }

        stand.ShouldBeClean();
    }

    [SkippableFact]
    public void What_the_work_throws_only_while_it_is_recorded_is_no_error_of_a_run()
    {
        using var stand = new GpuStandIns();
        var log = new LogLines();
        using (var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, GpuStandIns.With(log: log), 4))
        using (var work = new AddWork(stand, 12).For(model))
        {
            work.On = at => { if (at == "Record") throw new FormatException("not while recording"); };
            for (var run = 0; run < 40; run++) work.RunOn(model, run);
            log.Lines.Single(line => line.Contains("go on without a CUDA graph")).ShouldContain("not while recording");
            model.Session.Lanes.All().Single().Stream.IsCapturing.ShouldBeFalse();
        }

        stand.ShouldBeClean();
    }

    [SkippableFact]
    public void Memory_that_the_work_asks_for_while_it_is_recorded_is_refused_by_name()
    {
        using var stand = new GpuStandIns();
        using var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, null, 4);
        using var work = new AddWork(stand, 12).For(model);
        var messages = new List<string>();
        work.On = at =>
        {
            if (at != "Record") return;
            messages.Add(Should.Throw<CudaException>(() => stand.Host.Context.Allocator.Allocate(64)).Message);
            messages.Add(Should.Throw<CudaException>(() => PinnedBuffer.Allocate(stand.Host.Context, 64)).Message);
        };
        for (var run = 0; run < 20; run++) work.RunOn(model, run);
        messages.Count.ShouldBe(2);
        messages.ShouldAllBe(message => message.Contains("Allocate before the run that records it"));
        stand.Driver.Calls("cuStreamBeginCapture").ShouldBe(1, "the driver was not asked, so the capture is whole");
        model.Session.Lanes.All().Single().GraphCount.ShouldBe(1);
    }

    [SkippableFact]
    public unsafe void A_context_that_the_work_leaves_current_is_put_right()
    {
        using var stand = new GpuStandIns();
        using var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, null, 4);
        using var work = new AddWork(stand, 12).For(model);
        var other = stand.Driver.CreateForeignContext(1);
        work.On = _ => stand.Host.Context.Api.CtxSetCurrent(other).ShouldBe(CudaResult.Success);
        for (var run = 0; run < 20; run++) work.RunOn(model, run);
        model.Session.Lanes.All().Single().GraphCount.ShouldBe(1);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Times_of_the_parts_are_there_after_each_run_with_a_graph_and_without(bool graphs)
    {
        using var stand = new GpuStandIns();
        stand.Driver.Set("delay_us", 1000);
        using var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, GpuStandIns.With(graphs: graphs), 4);
        using var work = new AddWork(stand, 12).For(model);
        work.RunOn(model, 1);
        work.LastTimes.ShouldBeNull();
        work.MeasuresTimes = true;
        for (var run = 0; run < RunGraphs.RunsUntilChosen + 1; run++)
        {
            work.RunOn(model, run);
            var times = work.LastTimes.ShouldNotBeNull();
            work.LastTimes = null;
            // The stand-in counts 1 ms for each piece of work, an event too, or for a graph of 8 pieces.
            if (graphs && run is > 2 and < RunGraphs.RunsUntilChosen) continue;
            var piece = graphs && run == RunGraphs.RunsUntilChosen ? 1.0 / 8 : 1;
            times.Before.TotalMilliseconds.ShouldBe(2 * piece, 0.01);
            times.Model.TotalMilliseconds.ShouldBe(3 * piece, 0.01);
            times.After.TotalMilliseconds.ShouldBe(2 * piece, 0.01);
            times.Total.TotalMilliseconds.ShouldBe(7 * piece, 0.01);
        }
    }
}
