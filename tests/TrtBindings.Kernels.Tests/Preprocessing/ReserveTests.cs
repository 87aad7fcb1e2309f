using TrtBindings.Kernels.Tests.Support;
using TrtBindings.Vision.Gpu.Preprocessing;

namespace TrtBindings.Kernels.Tests.Preprocessing;

[Trait("Category", "Slow")]
public sealed class ReserveTests
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Launches_change_only_when_a_picture_needs_more_room_than_any_before_it(bool isTensor)
    {
        using var rig = new KernelRig();
        using var preprocessor = Make(rig, isTensor);
        preprocessor.Reserve([Frame(preprocessor, 200, 150)]).ShouldBeTrue();
        preprocessor.Reserve([Frame(preprocessor, 200, 150)]).ShouldBeFalse();
        preprocessor.Reserve([Frame(preprocessor, 70, 70)]).ShouldBeFalse();
        preprocessor.Reserve([Frame(preprocessor, 900, 700)]).ShouldBeTrue();
        preprocessor.Reserve([Frame(preprocessor, 200, 150)]).ShouldBeFalse();
        preprocessor.Reserve([Frame(preprocessor, 200, 150), default]).ShouldBeTrue();
        preprocessor.Reserve([Frame(preprocessor, 200, 150), Frame(preprocessor, 900, 700)]).ShouldBeFalse();
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_batch_that_does_not_fit_is_one_error_and_the_next_one_runs(bool isTensor)
    {
        using var rig = new KernelRig();
        using var preprocessor = Make(rig, isTensor);
        var small = Frame(preprocessor, 200, 150);
        preprocessor.Reserve([small]).ShouldBeTrue();
        rig.Driver.SetMemory(0, rig.Driver.UsedMemory(0) + 50_000);
        Should.Throw<DeviceMemoryException>(() => preprocessor.Reserve([Frame(preprocessor, 900, 4000)]));
        rig.Driver.SetMemory(0, 1 << 30);
        preprocessor.Reserve([small]).ShouldBeFalse();
        var check = new PreprocessingCheck(rig.Kernels, rig.Queue, rig.Wait);
        var one = ImageCases.OfClassification(56, 56, 64).Single(
            one => one.Name == (isTensor ? "classification, torchvision tensor" : "classification, torchvision"));
        check.Run(one, preprocessor, [new(new Random(1), (200, 150), 0)], isHalf: false).ShouldBeNull();
    }

    [SkippableFact]
    public void A_warm_batch_allocates_nothing_on_the_host()
    {
        using var rig = new KernelRig();
        GpuPreprocessor[] all =
        [
            Make(rig, true), Make(rig, false), new StretchGpuPreprocessor(rig.Kernels, 56, 56),
            new ClassificationGpuPreprocessor(
                rig.Kernels, ClassificationPreprocessing.TorchvisionV2 with { ShortSide = 64 }, 56, 56),
        ];
        using var input = rig.Kernels.Allocate(3 * 56 * 56 * sizeof(float));
        foreach (var preprocessor in all)
        {
            using var memory = new TestPicture(new Random(1), (200, 150), 0).Upload(rig.Kernels, out var frame);
            preprocessor.Describe(ref frame);
            using var frames = rig.Upload<GpuFrame>([frame]);
            var target = new GpuTarget(frames.Address, 1, input.Address, false, 3, false, 56, 56);
            for (var i = 0; i < 3; i++) Queue();
            var before = GC.GetAllocatedBytesForCurrentThread();
            Queue();
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
            rig.Wait();
            preprocessor.Dispose();

            void Queue()
            {
                preprocessor.Describe(ref frame);
                preprocessor.Reserve(new(in frame));
                preprocessor.Queue(rig.Queue, target);
            }
        }
    }

    [SkippableFact]
    public void Work_without_reserved_room_is_refused()
    {
        using var rig = new KernelRig();
        using var preprocessor = Make(rig, isTensor: false);
        Should.Throw<InvalidOperationException>(() => preprocessor.Queue(rig.Queue, default(GpuTarget) with { Batch = 1 }))
            .Message.ShouldContain("reserved");
    }

    [Fact]
    public void A_filter_without_a_kernel_is_named_with_those_that_have_one()
    {
        foreach (var preset in (ImagePreprocessing[])
            [
                ClassificationPreprocessing.Torchvision, ClassificationPreprocessing.TorchvisionTensor,
                ClassificationPreprocessing.TorchvisionV2, ClassificationPreprocessing.Timm,
                ClassificationPreprocessing.TimmImageNet, ClassificationPreprocessing.Ultralytics,
                ClassificationPreprocessing.OpenCvBlob(1), SegmentationPreprocessing.Torchvision,
                SegmentationPreprocessing.TorchvisionTensor, SegmentationPreprocessing.SegFormer,
                SegmentationPreprocessing.OpenCv, SegmentationPreprocessing.Ultralytics, SegmentationPreprocessing.UnitRange,
            ])
        {
            ImageGpuPreprocessor.WhyNot(preset).ShouldBeNull();
        }

        var reason = ImageGpuPreprocessor.WhyNot(ClassificationPreprocessing.Timm with { Filter = ResizeFilter.Lanczos });
        reason.ShouldNotBeNull().ShouldContain("Pillow with the filter Lanczos");
        ImageGpuPreprocessor.WhyNot(SegmentationPreprocessing.OpenCv with { Filter = ResizeFilter.Area }).ShouldNotBeNull();
    }

    private static ClassificationGpuPreprocessor Make(KernelRig rig, bool isTensor)
    {
        var preset = isTensor ? ClassificationPreprocessing.TorchvisionTensor : ClassificationPreprocessing.Torchvision;
        return new(rig.Kernels, preset with { ShortSide = 64 }, 56, 56);
    }

    private static GpuFrame Frame(GpuPreprocessor preprocessor, int width, int height)
    {
        var frame = new GpuFrame { Width = width, Height = height };
        preprocessor.Describe(ref frame);
        return frame;
    }
}
