using TrtBindings.TensorRT.Running;

namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>Work whose runs take turns on the GPU.</summary>
[Trait("Category", "Slow")]
public sealed class TurnTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(10);

    // Long enough for a stand-in stream to run what it could run, if nothing made it wait.
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(100);

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_model_begins_after_the_one_before_and_what_comes_first_or_last_is_beside_it(bool graphs)
    {
        using var stand = new GpuStandIns();
        using (var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, GpuStandIns.With(graphs: graphs), 4))
        using (var other = model.Another(4))
        using (var first = new GateWork(stand, model, 12))
        using (var second = new GateWork(stand, other, 12))
        {
            await WarmUp(model, other, first, second);
            var replays = stand.Driver.Calls("cuGraphLaunch");
            for (var run = 0; run < 6; run++)
            {
                // Each is the first one of the two in turn.
                var (a, b) = run % 2 == 0 ? (first, second) : (second, first);
                var (bindingOfA, bindingOfB) = run % 2 == 0 ? (model.Binding, other.Binding) : (other.Binding, model.Binding);
                a.Expect(run);
                b.Expect(20 - run);
                a.MayBegin.Reset();
                a.MayEnd.Reset();
                var runOfA = bindingOfA.RunAsync(default).AsTask();
                var runOfB = bindingOfB.RunAsync(default).AsTask();
                a.Begun.Wait(Guard).ShouldBeTrue();
                SpinWait.SpinUntil(() => b.Uploaded.IsReached, Guard).ShouldBeTrue("an upload waits for no other model");
                b.Begun.Wait(Guard).ShouldBeTrue("nor does the work before the model");
                b.ModelEnded.Wait(Long).ShouldBeFalse("the first model has not ended");
                a.MayBegin.Set();
                b.ModelEnded.Wait(Guard).ShouldBeTrue("the first model has ended, and what follows it is held");
                await runOfB.WaitAsync(Guard);
                runOfA.IsCompleted.ShouldBeFalse();
                b.Check();
                a.MayEnd.Set();
                await runOfA.WaitAsync(Guard);
                a.Check();
            }

            // One for the work before the model, and one for the rest.
            (stand.Driver.Calls("cuGraphLaunch") - replays).ShouldBe(graphs ? 24 : 0);
        }

        stand.ShouldBeClean();
    }

    [SkippableTheory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public async Task Without_turns_runs_lie_side_by_side_and_one_lane_needs_none(bool turns, int lanes)
    {
        using var stand = new GpuStandIns();
        using var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, GpuStandIns.With(lanes), 4);
        using var other = model.Another(4);
        using var first = new GateWork(stand, model, 12) { Turns = turns };
        using var second = new GateWork(stand, other, 12) { Turns = turns };
        await WarmUp(model, other, first, second);
        first.Expect(1);
        second.Expect(2);
        first.MayBegin.Reset();
        var waits = stand.Driver.Calls("cuStreamWaitEvent");
        var run = model.Binding.RunAsync(default).AsTask();
        var next = other.Binding.RunAsync(default).AsTask();
        first.Begun.Wait(Guard).ShouldBeTrue();
        second.Begun.Wait(turns ? Long : Guard).ShouldBe(!turns);
        first.MayBegin.Set();
        await Task.WhenAll(run, next).WaitAsync(Guard);
        stand.Driver.Calls("cuStreamWaitEvent").ShouldBe(waits);
        first.Check();
        second.Check();
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_error_or_a_graph_that_does_nothing_holds_up_no_other_run(bool graphs)
    {
        using var stand = new GpuStandIns();
        using (var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, GpuStandIns.With(graphs: graphs), 4))
        using (var other = model.Another(4))
        using (var first = new GateWork(stand, model, 12))
        using (var second = new GateWork(stand, other, 12))
        {
            for (var run = 0; run < 30; run++)
            {
                // Captures that end empty, launches that run nothing or are refused, and work that throws.
                if (run == 2) stand.Driver.Set("empty_captures", 2);
                stand.Driver.Set("replay", run is > 8 and < 12 ? 1 : 0);
                if (run % 7 == 6) stand.Driver.Fail("cuGraphLaunch", 1);
                first.Error = run % 5 == 4 ? new FormatException("no result") : null;
                if (run % 5 == 4) first.Changed();
                await RunBoth(model, other, first, second, run);
            }
        }

        stand.ShouldBeClean();
    }

    [SkippableFact]
    public async Task Runs_in_flight_end_when_the_session_is_disposed_and_a_refit_between_them_is_waited_for()
    {
        using var stand = new GpuStandIns();
        await RunInFlight(stand);
        stand.ShouldBeClean();
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_turn_allocates_nothing(bool graphs)
    {
        using var stand = new GpuStandIns();
        stand.Driver.Set("delay_us", 0);
        using var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, GpuStandIns.With(graphs: graphs), 4);
        using var other = model.Another(4);
        using var first = new GateWork(stand, model, 12);
        using var second = new GateWork(stand, other, 12);
        await WarmUp(model, other, first, second);
        // What is made once: the first wait of a thread.
        Measure(model, other);
        Measure(model, other).ShouldBe(0);
        second.Check();
    }

    private static async Task RunInFlight(GpuStandIns stand)
    {
        var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, null, 4);
        var other = model.Another(4);
        var first = new GateWork(stand, model, 12);
        var second = new GateWork(stand, other, 12);
        await WarmUp(model, other, first, second);
        first.Expect(1);
        second.Expect(2);
        first.MayBegin.Reset();
        var run = model.Binding.RunAsync(default).AsTask();
        var next = other.Binding.RunAsync(default).AsTask();
        var alone = Task.Run(() => model.Session.Lanes.RunAlone(_ => { }));
        first.Begun.Wait(Guard).ShouldBeTrue();
        alone.Wait(Long).ShouldBeFalse();
        first.MayBegin.Set();
        await Task.WhenAll(run, next, alone).WaitAsync(Guard);
        first.Check();
        second.Check();

        first.Expect(3);
        second.Expect(4);
        first.MayBegin.Reset();
        run = model.Binding.RunAsync(default).AsTask();
        next = other.Binding.RunAsync(default).AsTask();
        model.Session.Dispose();
        first.MayBegin.Set();
        await Task.WhenAll(run, next).WaitAsync(Guard);
        first.Check();
        second.Check();
        foreach (var each in new IDisposable[] { first, second, other, model }) each.Dispose();
    }

    private static long Measure(BoundModel model, BoundModel other)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < 50; run++)
        {
            model.Binding.Run(default);
            other.Binding.Run(default);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static async Task WarmUp(BoundModel model, BoundModel other, GateWork first, GateWork second)
    {
        for (var run = 0; run < RunGraphs.RunsUntilChosen; run++) await RunBoth(model, other, first, second, run);
    }

    private static async Task RunBoth(BoundModel model, BoundModel other, GateWork first, GateWork second, int run)
    {
        first.Expect(run);
        second.Expect(50 - run);
        var both = new[] { model.Binding.RunAsync(default).AsTask(), other.Binding.RunAsync(default).AsTask() };
        if (first.Error is null) await both[0].WaitAsync(Guard);
        else await Should.ThrowAsync<FormatException>(both[0].WaitAsync(Guard));
        await both[1].WaitAsync(Guard);
        if (first.Error is null) first.Check();
        second.Check();
    }
}
