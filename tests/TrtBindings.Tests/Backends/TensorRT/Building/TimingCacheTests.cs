namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>The timing cache shares kernel timings between builds.</summary>
[Trait("Category", "Slow")]
public sealed class TimingCacheTests
{
    [SkippableTheory]
    [InlineData(10, 0)]
    [InlineData(10, 16)]
    [InlineData(11, 1)]
    public void A_second_build_of_another_engine_takes_the_times_of_the_first(int major, int minor)
    {
        using var rig = new BuildRig(major, minor);
        var model = rig.Save("m.onnx", BuildModels.Fixed());
        rig.Build(model);
        (rig.Fake.Get("timingHits"), rig.Fake.Get("timingMisses")).ShouldBe((0, 1));
        rig.CacheFiles("timing-*.times").ShouldHaveSingleItem();
        rig.Options = rig.Options with { Refittable = true };
        rig.Build(model);
        (rig.Fake.Get("timingHits"), rig.Fake.Get("timingMisses")).ShouldBe((1, 1));
    }

    [SkippableFact]
    public void Times_that_are_damaged_are_measured_again()
    {
        using var rig = new BuildRig();
        var model = rig.Save("m.onnx", BuildModels.Fixed());
        rig.Build(model);
        File.WriteAllBytes(rig.CacheFiles("timing-*.times").Single(), [1, 2, 3]);
        rig.Options = rig.Options with { Refittable = true };
        rig.Build(model);
        rig.Fake.Get("timingMisses").ShouldBe(2);
        rig.Options = rig.Options with { AllowTf32 = true };
        rig.Build(model);
        rig.Fake.Get("timingHits").ShouldBe(1);
    }

    [SkippableFact]
    public void Without_a_timing_cache_nothing_is_kept()
    {
        using var rig = new BuildRig();
        rig.Options = rig.Options with { UseTimingCache = false };
        rig.Build(rig.Save("m.onnx", BuildModels.Fixed()));
        rig.CacheFiles("timing-*").ShouldBeEmpty();
        (rig.Fake.Get("timingHits"), rig.Fake.Get("timingMisses")).ShouldBe((0, 0));
    }
}
