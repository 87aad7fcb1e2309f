using TrtBindings.Kernels.Tests.Support;

namespace TrtBindings.Kernels.Tests.MaskRcnn;

[Trait("Category", "Slow")]
public sealed class MaskRcnnTests
{
    [SkippableTheory]
    [InlineData(MaskRcnnForm.FixedSlots)]
    [InlineData(MaskRcnnForm.NvidiaSample)]
    [InlineData(MaskRcnnForm.Detectron2)]
    [InlineData(MaskRcnnForm.OnnxZoo)]
    [InlineData(MaskRcnnForm.Torchvision)]
    public void Objects_and_masks_of_random_outputs_are_the_processors_bit_for_bit(MaskRcnnForm form)
    {
        using var rig = new KernelRig();
        for (var seed = 0; seed < 20; seed++) MaskRcnnComparison.Check(rig.Kernels, rig.Queue, rig.Wait, form, seed);
    }

    [SkippableFact]
    public void Masks_that_need_more_room_are_made_again()
    {
        using var rig = new KernelRig();
        var outputs = MaskRcnnOutputs.Make(new(1), MaskRcnnForm.FixedSlots, 1, 100, isOdd: false);
        MaskRcnnComparison.Check(rig.Kernels, rig.Queue, rig.Wait, outputs, new() { Confidence = 0 }, isHalf: false,
            new GpuFrame { Width = 800, Height = 600 }).ShouldBe(2);
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(300)]
    public void No_object_and_more_slots_than_threads_work(int count)
    {
        using var rig = new KernelRig();
        var outputs = MaskRcnnOutputs.Make(new(2), MaskRcnnForm.FixedSlots, 1, 300, isOdd: false);
        outputs.Counts[0] = count;
        MaskRcnnComparison.Check(rig.Kernels, rig.Queue, rig.Wait, outputs, new() { Confidence = .1f }, isHalf: true,
            new GpuFrame { Width = 90, Height = 60 });
    }

    [SkippableTheory]
    [InlineData(-1)]
    [InlineData(11)]
    public void A_count_that_cannot_be_is_the_processors_error(long count)
    {
        using var rig = new KernelRig();
        var outputs = MaskRcnnOutputs.Make(new(3), MaskRcnnForm.FixedSlots, 1, 10, isOdd: false);
        outputs.Counts[0] = count;
        var options = new MaskRcnnOptions();
        var layout = MaskRcnnLayout.Of(new DescribedModel(outputs.Signature), outputs.Form, options);
        using var detector = new GpuMaskRcnnInstances<HeadLabel>(rig.Kernels, layout, options, 1);
        using var heads = new Heads(rig.Kernels, rig.Queue, rig.Wait);
        outputs.AddTo(heads, false).Run(detector, new GpuFrame { Width = 9, Height = 9 });
        Should.Throw<TensorException>(() => detector.Read(0, new() { Width = 9, Height = 9 }, [], null))
            .Message.ShouldBe($"'count' holds the count {count}, but there are 10 slots.");
    }

    [SkippableFact]
    public void Outputs_that_come_back_shorter_than_declared_are_an_error()
    {
        using var rig = new KernelRig();
        var random = new Random(6);
        var (declared, made) = (MaskRcnnOutputs.Make(random, MaskRcnnForm.FixedSlots, 1, 10, isOdd: false),
            MaskRcnnOutputs.Make(random, MaskRcnnForm.FixedSlots, 1, 9, isOdd: false));
        var layout = MaskRcnnLayout.Of(new DescribedModel(declared.Signature), declared.Form, new());
        using var detector = new GpuMaskRcnnInstances<HeadLabel>(rig.Kernels, layout, new(), 1);
        using var heads = new Heads(rig.Kernels, rig.Queue, rig.Wait);
        made.AddTo(heads, false);
        Should.Throw<TensorException>(() => heads.Run(detector, new GpuFrame { Width = 9, Height = 9 }))
            .Message.ShouldBe("'boxes' came back as [9, 4], not [10, 4] (-1 is any size).");
    }

    [SkippableFact]
    public void A_place_without_a_picture_has_no_objects_and_takes_no_room()
    {
        using var rig = new KernelRig();
        var outputs = MaskRcnnOutputs.Make(new(4), MaskRcnnForm.NvidiaSample, 3, 20, isOdd: false);
        MaskRcnnComparison.Check(rig.Kernels, rig.Queue, rig.Wait, outputs, new() { MaxBatch = 3, Confidence = .2f },
            isHalf: false, new GpuFrame { Width = 90, Height = 60 }, default, new GpuFrame { Width = 50, Height = 70 });
    }

    [SkippableFact]
    public void Outputs_whose_size_depends_on_the_picture_are_refused_with_the_reason()
    {
        var signature = new ModelSignature("m.onnx", new([TensorDescription.Of("image", ElementType.Float, 3, "h", "w")]), new([
            TensorDescription.Of("boxes", ElementType.Float, "n", 4), TensorDescription.Of("labels", ElementType.Int64, "n"),
            TensorDescription.Of("scores", ElementType.Float, "n"),
            TensorDescription.Of("masks", ElementType.Float, "n", 1, 28, 28),
        ]));
        var layout = MaskRcnnLayout.Of(new DescribedModel(signature), MaskRcnnForm.OnnxZoo, new());
        GpuMaskRcnnInstances<HeadLabel>.WhyNot(layout).ShouldBe(
            "the size of 'boxes: float [n, 4]' depends on the picture, and work on the GPU needs sizes that are known before");
    }

    [SkippableFact]
    public void Masks_that_stay_on_the_device_have_their_bits_there()
    {
        using var rig = new KernelRig();
        var outputs = MaskRcnnOutputs.Make(new(5), MaskRcnnForm.NvidiaSample, 2, 20, isOdd: false);
        var options = new MaskRcnnOptions { MaxBatch = 2 };
        var layout = MaskRcnnLayout.Of(new DescribedModel(outputs.Signature), outputs.Form, options);
        using var detector = new GpuMaskRcnnInstances<HeadLabel>(rig.Kernels, layout, options, 2, staysOnDevice: true);
        using var copying = new GpuMaskRcnnInstances<HeadLabel>(rig.Kernels, layout, options, 2);
        using var heads = new Heads(rig.Kernels, rig.Queue, rig.Wait);
        GpuFrame[] frames = [new() { Width = 90, Height = 60 }, new() { Width = 50, Height = 70 }];
        outputs.AddTo(heads, false);
        heads.Run(detector, frames);
        heads.Run(copying, frames);
        for (var item = 0; item < 2; item++)
        {
            List<InstanceDetection<HeadLabel>> found = [], expected = [];
            detector.Read(item, frames[item], found, null);
            copying.Read(item, frames[item], expected, null);
            found.Count.ShouldBeGreaterThan(2);
            for (var i = 0; i < found.Count; i++)
            {
                found[i].Mask.ShouldBeNull();
                var (plane, mask) = (detector.MaskOf(item, i), expected[i].Mask!);
                (plane.X, plane.Y, plane.Width, plane.Height).ShouldBe((mask.X, mask.Y, mask.Width, mask.Height));
                using var bits = rig.Kernels.AllocatePinned(Math.Max(1, plane.RowBytes * plane.Height));
                rig.Queue.Download(bits.Address, plane.Address, plane.RowBytes * plane.Height);
                rig.Wait();
                for (var y = 0; y < plane.Height; y++)
                    bits.Span.Slice(y * plane.RowBytes, plane.RowBytes).SequenceEqual(mask.RowBits(y)).ShouldBeTrue();
            }
        }
    }
}
