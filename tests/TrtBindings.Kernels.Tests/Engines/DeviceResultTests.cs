using System.Runtime.CompilerServices;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Kernels.Tests.Engines;

[Trait("Category", "Slow")]
public sealed class DeviceResultTests : IDisposable
{
    private readonly EngineRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [SkippableFact]
    public void Class_maps_on_the_device_are_those_of_the_host_until_the_next_call()
    {
        using var model = StandInFamily.Segmenter(_rig);
        var preprocessing = SegmentationPreprocessing.Torchvision;
        using var engine = SemanticSegmentationEngine.Create(
            model, preprocessing, new() { KeepMapsOnDevice = true, MaxBatch = 2 });
        using var onHost = SemanticSegmentationEngine.Create(model, preprocessing, new() { MaxBatch = 2 });
        ImageMemory[] images = [Pictures.Noise(1, 90, 70), Pictures.Noise(2, 41, 33)];
        var (mine, theirs) = (engine.Segment(images), onHost.Segment(images));
        for (var i = 0; i < 2; i++)
        {
            mine[i].Values.IsEmpty.ShouldBeTrue();
            var map = mine[i].OnDevice!.Value;
            (map.Width, map.Height).ShouldBe((theirs[i].Width, theirs[i].Height));
            var values = new byte[map.Width * map.Height];
            map.CopyTo(values);
            values.ShouldBe(theirs[i].Values.ToArray());
            for (var index = 0; index < 5; index++) mine[i].AreaOfIndex(index).ShouldBe(theirs[i].AreaOfIndex(index));
            Should.Throw<ArgumentException>(() => map.CopyTo(new byte[values.Length - 1]));
        }

        engine.Segment(images[0]);
        Should.Throw<DeviceResultException>(() => mine[1].OnDevice!.Value.Address);
        Should.Throw<DeviceResultException>(() => mine[1].OnDevice!.Value.CopyTo(new byte[10_000]));
    }

    [SkippableFact]
    public void Masks_on_the_device_are_those_of_the_host_and_end_with_the_engine()
    {
        using var model = StandInFamily.Seg(_rig);
        var engine = YoloSegEngine.Create(model, new() { KeepMasksOnDevice = true });
        using var onHost = YoloSegEngine.Create(model);
        IReadOnlyList<InstanceDetection<Thing>> mine = [];
        for (var seed = 0; seed < 10; seed++)
        {
            var picture = Pictures.Noise(seed, 90, 70);
            mine = engine.Detect(picture);
            var theirs = onHost.Detect(picture);
            mine.Count.ShouldBe(theirs.Count);
            for (var i = 0; i < mine.Count; i++)
            {
                mine[i].Mask.ShouldBeNull();
                mine[i].DeviceMask!.Value.Area.ShouldBe(theirs[i].Mask!.Area);
                Same.Masks(mine[i].DeviceMask!.Value.ToMask(), theirs[i].Mask);
            }
        }

        mine.Count.ShouldBeGreaterThan(1);
        var first = mine[0].DeviceMask!.Value;
        (first == mine[0].DeviceMask, first == mine[1].DeviceMask).ShouldBe((true, false));
        mine[0].ShouldBe(mine[0] with { DeviceMask = first });
        mine[0].ShouldNotBe(mine[0] with { DeviceMask = null });
        // As much of another call, which has masks in the same places.
        var others = engine.Detect(Pictures.Noise(1, 90, 70));
        others[0].DeviceMask!.Value.Width.ShouldBeGreaterThan(0);
        (first == others[0].DeviceMask).ShouldBeFalse();
        Should.Throw<DeviceResultException>(() => first.Width);
        Should.Throw<DeviceResultException>(() => first.ToMask());
        engine.Dispose();
        Should.Throw<DeviceResultException>(() => others[0].DeviceMask!.Value.Address);
    }

    [Fact]
    public void An_object_is_small_whether_its_mask_is_on_the_device_or_not() =>
        Unsafe.SizeOf<InstanceDetection<Thing>>().ShouldBeLessThanOrEqualTo(64);

    [SkippableFact]
    public void Results_on_the_device_are_refused_where_the_processor_makes_them()
    {
        using var model = StandInFamily.Seg(_rig);
        Should.Throw<ProcessingException>(
            () => YoloSegEngine.Create(model, new() { KeepMasksOnDevice = true, Processing = Processing.Cpu }))
            .Message.ShouldContain("Processing is Cpu");
    }

    [SkippableFact]
    public void Default_values_say_that_they_are_no_result()
    {
        Should.Throw<DeviceResultException>(() => default(DeviceMask).Address).Message.ShouldContain("default value");
        Should.Throw<DeviceResultException>(() => default(DeviceMask).ToMask());
        Should.Throw<DeviceResultException>(() => default(DeviceClassMap).Address);
        Should.Throw<DeviceResultException>(() => default(DeviceClassMap).CopyTo([]));
    }
}
