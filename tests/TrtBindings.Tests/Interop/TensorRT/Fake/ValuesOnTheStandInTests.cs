using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TestSupport.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT.Fake;

/// <summary>Values that calling conventions treat differently, to and from compiled C++.</summary>
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
        var slots = fake.Library.Slots;
        SetTarget(0.625f).ShouldBeTrue();
        SlotCalls.Float(slots, "VOptimizationProfile", profile.Raw, "getExtraMemoryTarget").ShouldBe(0.625f);
        SetTarget(1.5f).ShouldBeFalse();
        if (slots.SlotOf("VTensor", "setDynamicRange") < 0) return;
        using var network = builder.CreateNetworkV2();
        var input = network.AddInput("x", TrtDataType.Float, new(1, 2));
        SetRange(-1.5f, 2.25f).ShouldBeTrue();
        (fake.Get("dynamicRange.least"), fake.Get("dynamicRange.most")).ShouldBe((-1500, 2250));
        SetRange(1, -1).ShouldBeFalse();

        bool SetTarget(float target) =>
            SlotCalls.SetFloats(slots, "VOptimizationProfile", profile.Raw, "setExtraMemoryTarget", target);

        bool SetRange(float least, float most) =>
            SlotCalls.SetFloats(slots, "VTensor", input.Raw, "setDynamicRange", least, most);
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
}
