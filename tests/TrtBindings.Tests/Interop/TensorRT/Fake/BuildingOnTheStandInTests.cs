using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TestSupport.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT.Fake;

/// <summary>The interop layer for building, on tables that a C++ compiler laid out.</summary>
[Trait("Category", "Slow")]
public sealed class BuildingOnTheStandInTests
{
    [SkippableTheory]
    [InlineData(10, 0)]
    [InlineData(10, 8)]
    [InlineData(10, 16)]
    [InlineData(11, 1)]
    public void A_network_becomes_an_engine_that_runs(int major, int minor)
    {
        using var fake = new TrtStandIn(major, minor);
        using (var build = new StandInBuild(fake))
        {
            SlotCalls.Int(build.Slots, "VNetworkDefinition", build.Network.Raw, "getFlags").ShouldBe(
                1 << TrtReleases.NumberOf(TrtNetworkDefinitionCreationFlag.StronglyTyped, major));
            build.Network.GetInput(0).Dimensions.ToArray().ShouldBe([-1, 3]);
            SlotCalls.Bool(build.Slots, "VTensor", build.Network.GetInput(0).Raw, "isNetworkInput").ShouldBeTrue();
            SlotCalls.Bool(build.Slots, "VTensor", build.Network.GetInput(0).Raw, "isNetworkOutput").ShouldBeFalse();
            build.Config.SetMemoryPoolLimit(TrtMemoryPoolType.Workspace, 1 << 20);
            build.Config.GetMemoryPoolLimit(TrtMemoryPoolType.Workspace).ShouldBe(1 << 20);
            build.Config.SetFlag(TrtBuilderFlag.Refit);
            build.Config.GetFlag(TrtBuilderFlag.Refit).ShouldBeTrue();
            build.Config.GetFlag(TrtBuilderFlag.Debug).ShouldBeFalse();
            build.AddProfile(1, 2, 4);
            using var run = new TrtRun(fake, build.Plan());
            SlotCalls.Bool(build.Slots, "VCudaEngine", run.Engine.Raw, "isRefittable").ShouldBeTrue();
            run.Give("x", [1, 3], 1, 2, 3);
            var y = run.Place("y", 3);
            run.Context.EnqueueV3(0);
            y.ToArray().ShouldBe([1, 2, 3]);
        }

        fake.ShouldBeClean("builder", "builderConfig", "network", "profile", "hostMemory", "engine");
    }

    [SkippableFact]
    public void A_dynamic_input_without_a_profile_is_refused()
    {
        using var fake = new TrtStandIn();
        using var build = new StandInBuild(fake);
        Should.Throw<TensorRtException>(build.Plan).Messages.ShouldHaveSingleItem().ShouldContain("no optimization profile");
    }

    [SkippableFact]
    public void A_monitor_follows_the_build_and_ends_it()
    {
        using var fake = new TrtStandIn(11, 1);
        using var build = new StandInBuild(fake);
        build.AddProfile(1, 2, 4);
        var progress = new RecordedProgress();
        using var monitor = new TrtProgressMonitor(fake.Library.Slots, progress);
        build.Config.SetProgressMonitor(monitor);
        build.Plan().ShouldNotBeEmpty();
        progress.Phases.ShouldBe(["Building an engine from the network", "Timing the nodes"]);
        progress.Finished.ShouldBe(2);
        progress.Steps.ShouldBe(10);

        progress.CancelAtStep = 13;
        Should.Throw<TensorRtException>(build.Plan).Messages.ShouldHaveSingleItem().ShouldContain("BuildCanceled");
        progress.Steps.ShouldBe(13);
        progress.Finished.ShouldBe(4);
    }

    [SkippableFact]
    public void A_builder_without_its_resource_is_null_or_builds_nothing()
    {
        using var older = new TrtStandIn(10, 8);
        older.Set("needsBuilderResource", 1);
        Should.Throw<TensorRtException>(() => TrtBuilder.Create(older.Library))
            .Messages.ShouldHaveSingleItem().ShouldEndWith("libnvinfer_builder_resource.so.10.8.0");

        using var newer = new TrtStandIn(10, 16);
        newer.Set("needsBuilderResource", 1);
        using var build = new StandInBuild(newer);
        build.AddProfile(1, 2, 4);
        Should.Throw<TensorRtException>(build.Plan)
            .Messages.ShouldHaveSingleItem().ShouldContain("libnvinfer_builder_resource_sm90.so.10.16.0");
        File.WriteAllText(Path.Combine(newer.Folder, "libnvinfer_builder_resource_sm90.so.10.16.0"), "");
        build.Plan().ShouldNotBeEmpty();
    }

    [SkippableFact]
    public void A_timing_cache_knows_the_second_build()
    {
        using var fake = new TrtStandIn();
        using var build = new StandInBuild(fake);
        build.AddProfile(1, 2, 4);
        using var cache = build.Config.CreateTimingCache([]);
        build.Config.SetTimingCache(cache, ignoreMismatch: false);
        build.Plan();
        fake.Get("timingHits").ShouldBe(0);
        build.Plan();
        fake.Get("timingHits").ShouldBe(1);
        Should.Throw<TensorRtException>(() => build.Config.CreateTimingCache("of another make"u8));
    }

    private sealed class RecordedProgress : ITrtBuildProgress
    {
        public List<string> Phases { get; } = [];

        public int Steps { get; private set; }

        public int Finished { get; private set; }

        public int CancelAtStep { get; set; } = int.MaxValue;

        public void PhaseStarted(string phase, string? parent, int steps)
        {
            Phases.Add(phase);
            parent.ShouldBe(Phases.Count % 2 == 1 ? null : Phases[0]);
        }

        public bool StepCompleted(string phase, int step) => ++Steps < CancelAtStep;

        public void PhaseFinished(string phase) => Finished++;
    }
}
