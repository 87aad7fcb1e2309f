using TrtBindings.Interop.Cuda;
using TrtBindings.Kernels.Tests.MaskRcnn;
using TrtBindings.Kernels.Tests.SemanticSegmentation;
using TrtBindings.Kernels.Tests.Support;
using TrtBindings.Vision.RtDetr;

namespace TrtBindings.Kernels.Tests;

/// <summary>What is recorded as a graph serves other pictures, and warm calls allocate nothing.</summary>
[Trait("Category", "Slow")]
public sealed class RecordingTests
{
    [SkippableFact]
    public void Recorded_class_maps_are_those_of_the_pictures_at_the_replay()
    {
        using var rig = new KernelRig();
        using var maps = new GpuClassMaps<HeadLabel>(rig.Kernels, ClassMapComparison.Source(3, isLetterboxed: true), 2);
        using var heads = new Heads(rig.Kernels, rig.Queue, rig.Wait);
        heads.Add(new Random(3).Normal(2 * 3 * 16 * 16, 1), false, 2, 3, 16, 16);
        GpuFrame[] large = [ClassMapComparison.Frame(100, 90), ClassMapComparison.Frame(80, 100)];
        maps.Reserve(large);
        var of = heads.Of(large);
        using var recording = Record(rig, maps, of);
        foreach (var frames in new[] { large, [ClassMapComparison.Frame(7, 90), default], [large[1], large[0]] })
        {
            Replay(rig, recording, of, frames);
            using var again = new GpuClassMaps<HeadLabel>(rig.Kernels, ClassMapComparison.Source(3, isLetterboxed: true), 2);
            maps.IsComplete(2).ShouldBeTrue();
            (ClassMap<HeadLabel> map, ClassMap<HeadLabel> expected) = (new(), new());
            maps.Read(0, frames[0], map, null);
            heads.Run(again, [.. frames]);
            again.Read(0, frames[0], expected, null);
            (map.Width, map.Height).ShouldBe((frames[0].Width, frames[0].Height));
            map.Values.SequenceEqual(expected.Values).ShouldBeTrue();
        }
    }

    [SkippableFact]
    public void Recorded_masks_are_those_of_the_picture_at_the_replay()
    {
        using var rig = new KernelRig();
        var (options, outputs) = (new MaskRcnnOptions(), MaskRcnnOutputs.Make(new(9), MaskRcnnForm.FixedSlots, 1, 30, false));
        var layout = MaskRcnnLayout.Of(new DescribedModel(outputs.Signature), outputs.Form, options);
        using var detector = new GpuMaskRcnnInstances<HeadLabel>(rig.Kernels, layout, options, 1);
        using var again = new GpuMaskRcnnInstances<HeadLabel>(rig.Kernels, layout, options, 1);
        using var heads = new Heads(rig.Kernels, rig.Queue, rig.Wait);
        outputs.AddTo(heads, isHalf: false);
        var of = heads.Of([new() { Width = 1, Height = 1 }]);
        using var recording = Record(rig, detector, of);
        foreach (var (width, height) in new[] { (200, 150), (40, 300), (1, 1) })
        {
            var frame = new GpuFrame { Width = width, Height = height };
            detector.Describe(ref frame);
            Replay(rig, recording, of, [frame]);
            List<InstanceDetection<HeadLabel>> found = [], expected = [];
            detector.IsComplete(1).ShouldBeTrue();
            detector.Read(0, frame, found, null);
            heads.Run(again, frame);
            again.Read(0, frame, expected, null);
            found.Count.ShouldBeGreaterThan(3);
            for (var i = 0; i < found.Count; i++)
            {
                (found[i] with { Mask = null }).ShouldBe(expected[i] with { Mask = null });
                for (var y = 0; y < found[i].Mask!.Height; y++)
                    found[i].Mask!.RowBits(y).SequenceEqual(expected[i].Mask!.RowBits(y)).ShouldBeTrue();
            }
        }
    }

    [SkippableFact]
    public void A_warm_call_of_any_family_allocates_nothing()
    {
        using var rig = new KernelRig();
        var frames = new[] { ClassMapComparison.Frame(60, 40) };
        static ModelSignature Floats(params Dimension[] shape) =>
            new("m.onnx", default, new([TensorDescription.Of("x", ElementType.Float, shape)]));
        var random = new Random(8);
        using var classifier = new GpuClassifier<HeadLabel>(rig.Kernels, Floats(1, 9), ClassScores.Logits, 5, 1);
        using var detector = new GpuRtDetrDetections<HeadLabel>(rig.Kernels, Floats(1, 9, 6), hasClass: true, new(), 1);
        using var maps = new GpuClassMaps<HeadLabel>(rig.Kernels, ClassMapComparison.Source(3, isLetterboxed: true), 1);
        var (options, outputs) = (new MaskRcnnOptions(), MaskRcnnOutputs.Make(random, MaskRcnnForm.FixedSlots, 1, 30, false));
        var layout = MaskRcnnLayout.Of(new DescribedModel(outputs.Signature), outputs.Form, options);
        using var masks = new GpuMaskRcnnInstances<HeadLabel>(rig.Kernels, layout, options, 1);
        using Heads scores = new(rig.Kernels, rig.Queue, rig.Wait), rows = new(rig.Kernels, rig.Queue, rig.Wait),
            logits = new(rig.Kernels, rig.Queue, rig.Wait), slots = new(rig.Kernels, rig.Queue, rig.Wait);
        AllocatedBy(rig, classifier, scores.Add(random.Normal(9, 1), false, 1, 9), frames, [], null, x => x.Clear()).ShouldBe(0);
        AllocatedBy(rig, detector, rows.Add(Array.ConvertAll(random.Normal(54, 1), MathF.Abs), false, 1, 9, 6), frames, [], null,
            x => x.Clear()).ShouldBe(0);
        AllocatedBy(rig, maps, logits.Add(random.Normal(300, 1), false, 1, 3, 10, 10), frames, new(), null, x => x.Clear())
            .ShouldBe(0);
        AllocatedBy(rig, masks, outputs.AddTo(slots, false), frames, [], new MaskBuffer(), x => x.Clear()).ShouldBe(0);
    }

    /// <summary>The smallest of several calls, because the runtime may allocate while it recompiles a method.</summary>
    private static long AllocatedBy<TResult>(
        KernelRig rig, GpuPostprocessor<TResult> postprocessor, Heads heads, GpuFrame[] frames, TResult result,
        ResultBuffer? buffer, Action<TResult> clear)
    {
        var of = heads.Of(frames);
        var least = long.MaxValue;
        for (var i = 0; i < 8; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            clear(result);
            buffer?.Reset();
            postprocessor.Describe(ref frames[0]);
            postprocessor.Reserve(frames);
            postprocessor.Queue(rig.Queue, of);
            rig.Wait();
            postprocessor.IsComplete(1).ShouldBeTrue();
            postprocessor.Read(0, frames[0], result, buffer);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static CudaGraphExec Record<TResult>(KernelRig rig, GpuPostprocessor<TResult> postprocessor, GpuHeads of)
    {
        var (frames, batch, outputs, shapes) = (of.Frames, of.Batch, of.Outputs.ToArray(), of.Shapes);
        using var graph = CudaGraph.Capture(
            rig.Queue.Native, () => postprocessor.Queue(rig.Queue, new(frames, batch, outputs, shapes)));
        return graph.Instantiate();
    }

    private static void Replay(KernelRig rig, CudaGraphExec recording, GpuHeads of, ReadOnlySpan<GpuFrame> frames)
    {
        Heads.Replace(rig.Kernels, rig.Queue, rig.Wait, of, frames);
        recording.Launch(rig.Queue.Native);
        rig.Wait();
    }
}
