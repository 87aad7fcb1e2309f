using TrtBindings.Kernels.Tests.Support;

namespace TrtBindings.Kernels.Tests.MaskRcnn;

/// <summary>Compares Mask R-CNN's kernels with the processor's code, on any driver.</summary>
internal static class MaskRcnnComparison
{
    /// <summary>Side of the model's input.</summary>
    public const int Side = 128;

    /// <summary>Random outputs for random pictures.</summary>
    public static void Check(KernelSet kernels, GpuQueue queue, Action wait, MaskRcnnForm form, int seed)
    {
        var random = new Random(seed);
        var batch = form == MaskRcnnForm.NvidiaSample ? random.Next(1, 4) : 1;
        var outputs = MaskRcnnOutputs.Make(random, form, batch, random.Next(1, 60), random.Next(4) == 0);
        var frames = new GpuFrame[batch];
        foreach (ref var frame in frames.AsSpan())
        {
            (frame.Width, frame.Height) = form == MaskRcnnForm.Torchvision ? (Side, Side)
                : (random.Next(1, 400), random.Next(1, 300));
        }

        var options = new MaskRcnnOptions
        {
            MaxBatch = batch,
            Confidence = random.Next(3) * .3f,
            MaskThreshold = new[] { .5f, .25f, 0 }[random.Next(3)],
            Masks = random.Next(6) > 0,
            MaxDetections = random.Next(3) == 0 ? random.Next(1, 20) : null,
        };
        Check(kernels, queue, wait, outputs, options, isHalf: random.Next(2) == 0, frames);
    }

    /// <summary>The outputs for a batch. Returns how often the kernels ran.</summary>
    public static int Check(
        KernelSet kernels, GpuQueue queue, Action wait, MaskRcnnOutputs outputs, MaskRcnnOptions options, bool isHalf,
        params GpuFrame[] frames)
    {
        var layout = MaskRcnnLayout.Of(new DescribedModel(outputs.Signature), outputs.Form, options);
        GpuMaskRcnnInstances<HeadLabel>.WhyNot(layout).ShouldBeNull();
        using var detector = new GpuMaskRcnnInstances<HeadLabel>(kernels, layout, options, frames.Length, room: 4096);
        using var heads = new Heads(kernels, queue, wait);
        var runs = outputs.AddTo(heads, isHalf).Run(detector, frames);
        var pipeline = new MaskRcnnPipeline(options, outputs.Form);
        MaskBuffer expectedBuffer = new(), buffer = new();
        for (var item = 0; item < frames.Length; item++)
        {
            if (frames[item].Width == 0) continue;
            List<InstanceDetection<HeadLabel>> expected = [], found = [];
            var geometry = MaskRcnnGeometry.Of(layout, frames[item].Width, frames[item].Height);
            string? error = null;
            try
            {
                pipeline.Read(outputs.HeadOf(item, isHalf), geometry, layout.Labels, expected, expectedBuffer);
            }
            catch (TensorException e)
            {
                error = e.Message;
            }

            if (error is not null)
            {
                Should.Throw<TensorException>(() => detector.Read(item, frames[item], found, buffer)).Message.ShouldBe(error);
                continue;
            }

            detector.Read(item, frames[item], found, buffer);
            found.Count.ShouldBe(expected.Count);
            for (var i = 0; i < found.Count; i++)
            {
                (found[i] with { Mask = null }).ShouldBe(expected[i] with { Mask = null }, $"object {i}");
                ShouldBeSame(found[i].Mask, expected[i].Mask);
                if (found[i].Mask is { } mask)
                {
                    var plane = detector.MaskOf(item, i);
                    (plane.X, plane.Y, plane.Width, plane.Height).ShouldBe((mask.X, mask.Y, mask.Width, mask.Height));
                }
            }
        }

        return runs;
    }

    private static void ShouldBeSame(Mask? mask, Mask? expected)
    {
        (mask is null).ShouldBe(expected is null);
        if (mask is null || expected is null) return;
        (mask.X, mask.Y, mask.Width, mask.Height, mask.Area)
            .ShouldBe((expected.X, expected.Y, expected.Width, expected.Height, expected.Area));
        (mask.FrameWidth, mask.FrameHeight).ShouldBe((expected.FrameWidth, expected.FrameHeight));
        for (var y = 0; y < mask.Height; y++) mask.RowBits(y).SequenceEqual(expected.RowBits(y)).ShouldBeTrue($"row {y}");
    }
}
