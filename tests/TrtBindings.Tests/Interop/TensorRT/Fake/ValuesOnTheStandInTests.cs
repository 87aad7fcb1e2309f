using TrtBindings.Interop.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT.Fake;

/// <summary>Values of the forms that calling conventions treat apart, to and from compiled C++.</summary>
[Trait("Category", "Slow")]
public sealed class ValuesOnTheStandInTests
{
    [SkippableTheory]
    [InlineData(10, 0)]
    [InlineData(10, 16)]
    [InlineData(11, 1)]
    public void Floats_go_both_ways(int major, int minor)
    {
        using var fake = new TrtStandIn(major, minor);
        using var builder = TrtBuilder.Create(fake.Library);
        using var profile = builder.CreateOptimizationProfile();
        profile.SetExtraMemoryTarget(0.625f);
        profile.ExtraMemoryTarget.ShouldBe(0.625f);
        Should.Throw<TensorRtException>(() => profile.SetExtraMemoryTarget(1.5f));
        if (major > 10) return;
        using var network = builder.CreateNetworkV2();
        var input = network.AddInput("x", TrtDataType.Float, new(1, 2));
        input.SetDynamicRange(-1.5f, 2.25f);
        (fake.Get("dynamicRange.least"), fake.Get("dynamicRange.most")).ShouldBe((-1500, 2250));
        Should.Throw<TensorRtException>(() => input.SetDynamicRange(1, -1));
    }

    [SkippableTheory]
    [InlineData(10, 0)]
    [InlineData(10, 16)]
    [InlineData(11, 1)]
    public void Weights_are_told_by_value(int major, int minor)
    {
        using var fake = new TrtStandIn(major, minor);
        using var run = new TrtRun(fake, "refittable\ninput x 0 2\nweights w 2 0.5 4\nnode Add sum y x w\noutput y");
        using var refitter = run.Engine.CreateRefitter();
        var prototype = refitter.GetWeightsPrototype(new("w"));
        (prototype.Type, prototype.Values, prototype.Count).ShouldBe((TrtDataType.Float, 0, 2));
        refitter.GetWeightsPrototype(new("none")).Count.ShouldBeLessThanOrEqualTo(0);
    }

    [SkippableTheory]
    [InlineData(10, 16)]
    [InlineData(11, 1)]
    public void An_engine_is_read_piece_by_piece_and_a_source_that_breaks_off_is_the_reason(int major, int minor)
    {
        using var fake = new TrtStandIn(major, minor);
        var plan = fake.Plan("engine pieces\ninput x 0 2\nnode Relu r y x\noutput y");
        using (var runtime = TrtRuntime.Create(fake.Library))
        {
            using (var whole = new TrtStreamReader(fake.Library.Slots, new ByteSource(plan)))
            using (var engine = runtime.DeserializeCudaEngine(whole))
                engine.Name.ShouldBe("pieces");
            using var broken = new TrtStreamReader(fake.Library.Slots, new ByteSource(plan) { Breaks = 64 });
            Should.Throw<TensorRtException>(() => runtime.DeserializeCudaEngine(broken))
                .InnerException.ShouldBeOfType<EndOfStreamException>();
        }

        fake.ShouldBeClean("runtime", "engine");
    }
}
