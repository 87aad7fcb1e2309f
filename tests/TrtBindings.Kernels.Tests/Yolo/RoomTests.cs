using TrtBindings.Kernels.Tests.Support;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Kernels.Tests.Yolo;

/// <summary>What happens between runs: other sizes, memory that is not enough, masks that stay on the device.</summary>
[Trait("Category", "Slow")]
public sealed class RoomTests : IDisposable
{
    private static readonly ClassLabels Labels = YoloComparison.Labels;

    private KernelRig _rig = new();

    [SkippableFact]
    public void Runs_of_other_sizes_keep_their_room_and_their_results()
    {
        var options = new YoloSegOptions { Confidence = .5f };
        using var postprocessor = new GpuYoloInstances<Thing>(_rig.Kernels, options, YoloForm.Dense, Labels);
        YoloHeads[] all = [Heads(1, 200, 4), Heads(2, 500, 1), Heads(3, 100, 2), Heads(1, 200, 4)];
        int[] runs = [.. all.Select(heads => Run(postprocessor, heads))];
        // Room for the first; for more anchors; then there is enough.
        runs.ShouldBe([2, 2, 1, 1]);
        foreach (var heads in all)
        {
            Run(postprocessor, heads).ShouldBe(1);
            for (var item = 0; item < heads.Batch; item++)
                Same.Instances(Read(postprocessor, heads, item), OnCpu(heads, options, item));
        }
    }

    [SkippableFact]
    public void Masks_that_stay_on_the_device_have_the_bits_of_the_CPU()
    {
        var options = new YoloSegOptions();
        var heads = Heads(5, 120, 2);
        using var postprocessor = new GpuYoloInstances<Thing>(_rig.Kernels, options, YoloForm.Dense, Labels, staysOnDevice: true)
        {
            // Says where the masks are. Nothing is copied through it, so it needs no model's GPU.
            Lease = new(null!),
        };
        Run(postprocessor, heads);
        for (var item = 0; item < 2; item++)
        {
            var found = Read(postprocessor, heads, item);
            var expected = OnCpu(heads, options, item);
            found.Select(one => one with { DeviceMask = null }).ShouldBe(expected.Select(one => one with { Mask = null }));
            for (var i = 0; i < found.Count; i++)
            {
                var (onDevice, mask) = (found[i].DeviceMask!.Value, expected[i].Mask!);
                (onDevice.X, onDevice.Y, onDevice.Width, onDevice.Height, onDevice.Area)
                    .ShouldBe((mask.X, mask.Y, mask.Width, mask.Height, (int?)mask.Area));
                var bits = Download(onDevice.Address, onDevice.RowBytes * mask.Height);
                for (var row = 0; row < mask.Height; row++)
                    bits.AsSpan(row * onDevice.RowBytes, onDevice.RowBytes).SequenceEqual(mask.RowBits(row)).ShouldBeTrue();
            }
        }
    }

    [SkippableFact]
    public void Too_little_memory_is_one_error_and_then_it_goes_on()
    {
        var options = new YoloSegOptions();
        var heads = Heads(6, 120, 1);
        var errors = 0;
        for (var room = 0; room < 12; room++)
        {
            // A driver of its own, because memory that was freed is used again.
            _rig.Dispose();
            _rig = new();
            using var postprocessor = new GpuYoloInstances<Thing>(_rig.Kernels, options, YoloForm.Dense, Labels);
            try
            {
                Run(postprocessor, heads, room * (64L << 10));
            }
            catch (DeviceMemoryException)
            {
                errors++;
            }

            Run(postprocessor, heads);
            Same.Instances(Read(postprocessor, heads, 0), OnCpu(heads, options, 0));
        }

        errors.ShouldBeInRange(3, 11);
    }

    [SkippableFact]
    public void Room_that_cannot_grow_stays_for_the_sizes_that_had_it()
    {
        var options = new YoloSegOptions { Confidence = .5f };
        var (small, large) = (Heads(1, 150, 1), Heads(2, 20_000, 2));
        using var postprocessor = new GpuYoloInstances<Thing>(_rig.Kernels, options, YoloForm.Dense, Labels);
        Run(postprocessor, small);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Should.Throw<DeviceMemoryException>(() => Run(postprocessor, large, attempt << 18));
            // What the next run says is its own: the one before lacked room.
            Run(postprocessor, small).ShouldBe(1);
            Same.Instances(Read(postprocessor, small, 0), OnCpu(small, options, 0));
        }

        Run(postprocessor, large).ShouldBeInRange(2, 3);
        for (var item = 0; item < 2; item++)
            Same.Instances(Read(postprocessor, large, item), OnCpu(large, options, item));
        Run(postprocessor, small).ShouldBe(1);
        Same.Instances(Read(postprocessor, small, 0), OnCpu(small, options, 0));
    }

    [SkippableTheory]
    [InlineData(YoloForm.Dense)]
    [InlineData(YoloForm.EndToEnd)]
    public void A_head_without_rows_has_no_finds(YoloForm form) =>
        YoloComparison.Detections(_rig.Bench, YoloHeads.Random(1, form, anchors: 0), new()).ShouldBe(0);

    [SkippableFact]
    public void A_warm_read_into_lists_of_the_caller_allocates_nothing()
    {
        var heads = Heads(7, 200, 1);
        using var postprocessor = new GpuYoloInstances<Thing>(_rig.Kernels, new(), YoloForm.Dense, Labels);
        Run(postprocessor, heads);
        var (found, buffer, frames) = (new List<InstanceDetection<Thing>>(), new MaskBuffer(), heads.Frames);
        Allocations.Of(() =>
        {
            found.Clear();
            buffer.Reset();
            postprocessor.Reserve(frames);
            postprocessor.IsComplete(1).ShouldBeTrue();
            postprocessor.Read(0, frames[0], found, buffer);
        }).ShouldBe(0);
        Same.Instances(found, OnCpu(heads, new(), 0));
    }

    [SkippableFact]
    public void A_shape_or_a_class_that_the_family_does_not_have_is_named()
    {
        var heads = Heads(8, 50, 1);
        using var postprocessor = new GpuYoloInstances<Thing>(_rig.Kernels, new(), YoloForm.Dense, Labels);
        using var predictions = _rig.Bench.Upload(heads.Predictions[0], isHalf: false);
        var output = YoloComparison.Output(predictions, isHalf: false);
        Should.Throw<TensorException>(() => _rig.Bench.Run(
                postprocessor, heads.Frames, [output, output], [[1, 11, 50], [1, 11, 40]]))
            .Message.ShouldContain("'output1' came back as [1, 11, 40] for a batch of 1");
        Should.Throw<TensorException>(() => _rig.Bench.Run(
                postprocessor, heads.Frames, [output, output], [[1, 7, 50], heads.PrototypeShape]))
            .Message.ShouldContain("must have 4 + classes + 6 rows");
        var rows = YoloHeads.Random(1, YoloForm.EndToEnd, anchors: 5);
        rows[0, 2, 5] = -1;
        Should.Throw<TensorException>(() => YoloComparison.Detections(_rig.Bench, rows, new()))
            .Message.ShouldContain("'heads.onnx' returned class -1");
        // The objects are usable afterwards.
        Run(postprocessor, heads);
        Same.Instances(Read(postprocessor, heads, 0), OnCpu(heads, new(), 0));
    }

    public void Dispose() => _rig.Dispose();

    private static YoloHeads Heads(int seed, int anchors, int batch) => YoloHeads.Random(
        seed, anchors: anchors, others: 6, batch: batch, hasMasks: true, grid: 40, power: 12);

    /// <summary>Runs, with only so many bytes free on the device if asked.</summary>
    private int Run(GpuYoloInstances<Thing> postprocessor, YoloHeads heads, long? room = null)
    {
        using var predictions = _rig.Bench.Upload(YoloComparison.Joined(heads.Predictions), isHalf: false);
        using var prototypes = _rig.Bench.Upload(YoloComparison.Joined(heads.Prototypes), isHalf: false);
        GpuOutput[] outputs =
            [YoloComparison.Output(predictions, isHalf: false), YoloComparison.Output(prototypes, isHalf: false)];
        _rig.Driver.SetMemory(0, room + _rig.Driver.UsedMemory(0) ?? 1L << 40);
        try
        {
            return _rig.Bench.Run(postprocessor, heads.Frames, outputs, [heads.Shape, heads.PrototypeShape]);
        }
        finally
        {
            _rig.Driver.SetMemory(0, 1L << 40);
        }
    }

    private static List<InstanceDetection<Thing>> Read(GpuYoloInstances<Thing> postprocessor, YoloHeads heads, int item)
    {
        var found = new List<InstanceDetection<Thing>>();
        postprocessor.Read(item, heads.Frames[item], found, null);
        return found;
    }

    private static List<InstanceDetection<Thing>> OnCpu(YoloHeads heads, YoloSegOptions options, int item)
    {
        var found = new List<InstanceDetection<Thing>>();
        new YoloSegPipeline(options, heads.Width, heads.Height).Read(
            heads.SegHead(item, options.Confidence), heads.Geometries[item], Labels, found, null);
        found.ShouldNotBeEmpty();
        return found;
    }

    private byte[] Download(nint address, int length)
    {
        using var host = _rig.Kernels.AllocatePinned(length);
        _rig.Queue.Download(host.Address, address, length);
        _rig.Wait();
        return host.Span[..length].ToArray();
    }
}
