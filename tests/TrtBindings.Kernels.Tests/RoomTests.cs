using System.Runtime.InteropServices;
using TrtBindings.Kernels.Tests.MaskRcnn;
using TrtBindings.Kernels.Tests.SemanticSegmentation;
using TrtBindings.Kernels.Tests.Support;
using TrtBindings.Vision.RtDetr;

namespace TrtBindings.Kernels.Tests;

/// <summary>Memory that is not enough ends one call.</summary>
[Trait("Category", "Slow")]
public sealed class RoomTests
{
    [SkippableFact]
    public void Without_memory_for_a_large_map_smaller_ones_go_on()
    {
        using var rig = new KernelRig();
        using var maps = new GpuClassMaps<HeadLabel>(rig.Kernels, ClassMapComparison.Source(2, isLetterboxed: false), 1);
        using var heads = new Heads(rig.Kernels, rig.Queue, rig.Wait);
        heads.Add([0, 0, 1, 1], false, 1, 2, 1, 2);
        heads.Run(maps, ClassMapComparison.Frame(30, 20));
        Limit(rig, () => Should.Throw<DeviceMemoryException>(() => maps.Reserve([ClassMapComparison.Frame(4000, 4000)])));
        maps.Reserve([ClassMapComparison.Frame(20, 30)]).ShouldBeFalse();
        heads.Run(maps, ClassMapComparison.Frame(20, 30)).ShouldBe(1);
        var map = new ClassMap<HeadLabel>();
        maps.Read(0, ClassMapComparison.Frame(20, 30), map, null);
        map.AreaOfIndex(1).ShouldBe(600);
    }

    [SkippableFact]
    public void Without_memory_for_masks_the_call_ends_and_the_next_one_has_them()
    {
        using var rig = new KernelRig();
        var (options, outputs) = (new MaskRcnnOptions(), MaskRcnnOutputs.Make(new(1), MaskRcnnForm.FixedSlots, 1, 60, false));
        var layout = MaskRcnnLayout.Of(new DescribedModel(outputs.Signature), outputs.Form, options);
        using var detector = new GpuMaskRcnnInstances<HeadLabel>(rig.Kernels, layout, options, 1, room: 4096);
        using var heads = new Heads(rig.Kernels, rig.Queue, rig.Wait);
        var frame = new GpuFrame { Width = 3000, Height = 2000 };
        outputs.AddTo(heads, false);
        Limit(rig, () => Should.Throw<DeviceMemoryException>(() => heads.Run(detector, frame)));
        heads.Run(detector, frame).ShouldBe(2);
        List<InstanceDetection<HeadLabel>> found = [];
        detector.Read(0, frame, found, null);
        found.Max(one => one.Mask!.Area).ShouldBeGreaterThan(1000);
    }

    [SkippableFact]
    public void A_run_without_room_is_told_from_one_with_room_by_what_it_wrote()
    {
        using var rig = new KernelRig();
        var signature = new ModelSignature(
            "m.onnx", default, new([TensorDescription.Of("rows", ElementType.Float, "batch", "rows", 6)]));
        using var detector = new GpuRtDetrDetections<HeadLabel>(rig.Kernels, signature, hasClass: true, new(), 1);
        using Heads few = new(rig.Kernels, rig.Queue, rig.Wait), many = new(rig.Kernels, rig.Queue, rig.Wait);
        few.Add([.5f, .5f, .5f, .5f, .9f, 2], false, 1, 1, 6).Run(detector, new GpuFrame { Width = 1, Height = 1 }).ShouldBe(1);
        many.Add(new float[60], false, 1, 10, 6);
        // Twice without room, as a recording that is replayed; what has room in between is not affected.
        for (var i = 0; i < 2; i++)
        {
            detector.Queue(rig.Queue, many.Of([default]));
            rig.Wait();
            detector.IsComplete(1).ShouldBeFalse();
            few.Run(detector, new GpuFrame { Width = 1, Height = 1 }).ShouldBe(1);
        }

        many.Run(detector, new GpuFrame { Width = 1, Height = 1 }).ShouldBe(2);
    }

    [SkippableFact]
    public void Results_of_a_batch_may_have_more_than_2_GB()
    {
        using var rig = new KernelRig();
        rig.Driver.SetMemory(0, 1L << 40);
        using var results = new FoundResults(rig.Kernels, 0);
        var (growth, most) = (new GpuGrowth(), 1 << 25);
        results.Need(growth, 3, most);
        growth.Commit();
        results.Most = most;
        (3 * results.Words * sizeof(uint)).ShouldBeGreaterThan(int.MaxValue);
        using var one = rig.Kernels.AllocatePinned((FoundHeader.Words + FoundRecord.Words) * sizeof(uint));
        for (var picture = 0; picture < 3; picture++)
        {
            MemoryMarshal.Write(one.Span, new FoundHeader { Finds = 1 });
            MemoryMarshal.Write(
                one.Span[(FoundHeader.Words * sizeof(uint))..], new FoundRecord { Score = picture, Label = 7 + picture });
            rig.Queue.Upload(results.Address + (nint)(picture * results.Words * sizeof(uint)), one.Address, one.ByteLength);
            rig.Wait();
        }

        results.Queue(rig.Queue, 3);
        rig.Wait();
        for (var picture = 0; picture < 3; picture++)
        {
            results.CountOf(picture).ShouldBe(1);
            (results[picture, 0].Score, results[picture, 0].Label).ShouldBe((picture, 7 + picture));
        }
    }

    private static void Limit(KernelRig rig, Action call)
    {
        rig.Driver.SetMemory(0, rig.Driver.UsedMemory(0) + (1 << 17));
        call();
        rig.Driver.SetMemory(0, 1L << 32);
    }
}
