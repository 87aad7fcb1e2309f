using TrtBindings.TensorRT.Building;

namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>Making TensorRT's builder takes seconds, so one serves the builds of a program that follow each other.</summary>
[Trait("Category", "Slow")]
public sealed class BuilderShelfTests
{
    [SkippableFact]
    public void Builds_and_refusals_that_follow_each_other_share_one_builder()
    {
        using var rig = new BuildRig();
        rig.Build(rig.Save("a.onnx", BuildModels.Fixed()));
        var refused = rig.Save("b.onnx", BuildModels.Fixed().Node("Unheard", ["y"], ["z"]));
        Should.Throw<EngineBuildException>(() => rig.Build(refused));
        rig.Options = rig.Options with { Profiles = [new() { ["batch"] = (1, 2, 4) }] };
        rig.Build(rig.Save("c.onnx", BuildModels.Shift(1, 2, 3)));
        (rig.Fake.Get("builds"), rig.Fake.Get("builders")).ShouldBe((2, 1));
    }

    [SkippableFact]
    public void A_builder_whose_build_failed_or_was_cancelled_is_not_used_again()
    {
        using var rig = new BuildRig();
        var model = rig.Save("a.onnx", BuildModels.Fixed());
        rig.Fake.Set("fail.build", 1);
        rig.Refused(model).Message.ShouldContain("Could not find any implementation");
        rig.Fake.Get("live.builder").ShouldBe(0);
        using var cancel = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => rig.Build(
            model, step => { if (step.Phase == "Timing the nodes") cancel.Cancel(); }, cancel.Token));
        rig.Fake.Get("live.builder").ShouldBe(0);
        rig.Build(model);
        rig.Fake.Get("builders").ShouldBe(3);
    }

    [SkippableFact]
    public void A_builder_that_nobody_needs_is_dropped_after_half_a_minute()
    {
        using var rig = new BuildRig();
        var clock = new HandClock();
        var shelf = new BuilderShelf(rig.Host, clock);
        using (rig.Host.Context.Enter())
        {
            shelf.Keep(shelf.Take(rig.Folder));
            clock.Due.ShouldBe(TimeSpan.FromSeconds(30));
            shelf.Keep(shelf.Take(rig.Folder));
        }

        (rig.Fake.Get("builders"), rig.Fake.Get("live.builder")).ShouldBe((1, 1));
        clock.Ring();
        rig.Fake.Get("live.builder").ShouldBe(0);
        clock.Ring();
        using (rig.Host.Context.Enter()) shelf.Take(rig.Folder).Dispose();
        rig.Fake.Get("builders").ShouldBe(2);
        rig.Fake.ShouldBeClean("builder");
    }

    [SkippableFact]
    public void The_time_of_a_build_is_told_by_phase()
    {
        using var rig = new BuildRig();
        rig.Fake.Set("builderMilliseconds", 30);
        rig.Fake.Set("buildMilliseconds", 5);
        var recipe = rig.Recipe(rig.Save("a.onnx", BuildModels.Fixed()));
        var store = new EngineStore(new(rig.Log));
        using (var built = store.GetOrBuild(recipe, null, default))
        {
            var times = built.Times.ShouldNotBeNull();
            times.Starting.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(30));
            times.Building.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(50), "ten steps");
            times.Reading.ShouldBeGreaterThan(TimeSpan.Zero);
            times.Storing.ShouldBeGreaterThan(TimeSpan.Zero);
        }

        using var found = store.GetOrBuild(recipe, null, default);
        found.Times.ShouldBeNull();
    }

    /// <summary>A clock whose timers ring when the test says so.</summary>
    private sealed class HandClock : TimeProvider
    {
        private Action? _ring;

        public TimeSpan Due { get; private set; }

        public void Ring() => _ring?.Invoke();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (Due, _ring) = (dueTime, () => callback(state));
            return new StoppedTimer();
        }
    }

    private sealed class StoppedTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
