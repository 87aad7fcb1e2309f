namespace TrtBindings.Kernels.Tests.Engines;

/// <summary>A call that fails half way does not harm those that follow.</summary>
[Trait("Category", "Slow")]
public sealed class MishapTests : IDisposable
{
    private readonly EngineRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [SkippableFact]
    public void Room_that_only_half_of_a_call_could_get_is_not_forgotten_by_the_recordings()
    {
        var preprocessing = SegmentationPreprocessing.Torchvision;
        using var model = StandInFamily.Segmenter(_rig);
        using var engine = SemanticSegmentationEngine.Create(model, preprocessing);
        using var onCpu = SemanticSegmentationEngine.Create(model, preprocessing, new() { Processing = Processing.Cpu });
        var small = Pictures.Noise(1, 90, 70);
        for (var i = 0; i < 20; i++) engine.Segment(small);
        var replays = _rig.Driver.Calls("cuGraphLaunch");
        engine.Segment(small);
        _rig.Driver.Calls("cuGraphLaunch").ShouldBe(replays + 1);
        // Enough for the picture and for its resize, not for its map.
        var large = Pictures.Noise(2, 4000, 3000);
        _rig.Driver.SetMemory(0, _rig.Driver.UsedMemory(0) + (4000 * 3000 * 3) + (8 << 20));
        Should.Throw<DeviceMemoryException>(() => engine.Segment(large));
        _rig.Driver.SetMemory(0, 1L << 30);
        // A replay would use the memory that the resize no longer has.
        engine.Segment(small).Values.SequenceEqual(onCpu.Segment(small).Values).ShouldBeTrue();
        _rig.Driver.Calls("cuGraphLaunch").ShouldBe(replays + 1);
        engine.Segment(large).Values.SequenceEqual(onCpu.Segment(large).Values).ShouldBeTrue();
    }

    [SkippableFact]
    public void A_size_that_the_engine_file_does_not_take_leaves_those_it_takes_as_they_were()
    {
        using var model = StandInFamily.Yolo(_rig, anchors: "anchors", side: 0);
        var options = new YoloOptions { Rectangular = true, InputWidth = 320, InputHeight = 128 };
        using var engine = YoloDetectEngine.Create(model, options);
        using var onCpu = YoloDetectEngine.Create(model, options with { Processing = Processing.Cpu });
        engine.Processing.Reasons.ShouldBeEmpty();
        for (var i = 0; i < 5; i++)
        {
            engine.Detect(Pictures.Noise(i, 100, 100)).ShouldBe(onCpu.Detect(Pictures.Noise(i, 100, 100)), $"{i}");
            // The profile ends at 256.
            Should.Throw<TrtBindingsException>(() => engine.Detect(Pictures.Noise(i, 300, 60)));
            engine.Detect(Pictures.Noise(i + 9, 100, 100)).ShouldBe(onCpu.Detect(Pictures.Noise(i + 9, 100, 100)), $"{i}");
        }
    }

    [SkippableFact]
    public void A_list_that_is_missing_is_named_as_the_caller_knows_it()
    {
        using var model = StandInFamily.Yolo(_rig);
        using var engine = YoloDetectEngine.Create(model);
        var image = GpuImage.Packed(64, 4, 4, 12, PixelFormat.Rgb, GpuImageOrder.Synchronous);
        Should.Throw<ArgumentNullException>(() => engine.Detect(image, null!)).ParamName.ShouldBe("found");
    }

    [SkippableTheory]
    [InlineData("cuMemAllocFromPoolAsync", 2)]
    [InlineData("cuMemAlloc", 2)]
    [InlineData("cuMemHostAlloc", 2)]
    [InlineData("cuLaunchKernel", 701)]
    [InlineData("cuMemcpyHtoDAsync", 1)]
    [InlineData("cuEventRecord", 2)]
    [InlineData("cuGraphLaunch", 2)]
    public void A_driver_call_that_fails_anywhere_ends_one_call_only(string function, int code)
    {
        using var model = StandInFamily.Segmenter(_rig);
        var preprocessing = SegmentationPreprocessing.Torchvision;
        using var engine = SemanticSegmentationEngine.Create(model, preprocessing, new() { MaxBatch = 5 });
        using var onCpu = SemanticSegmentationEngine.Create(
            model, preprocessing, new() { MaxBatch = 5, Processing = Processing.Cpu });
        var sides = Enumerable.Range(0, 60).Select(i => i < 20 ? 20 + (5 * i) : 20 + (5 * (i % 3))).ToArray();
        ImageMemory[][] images = [.. sides.Select((side, i) => Enumerable.Range(0, i % 2 == 0 ? 1 : 5)
            .Select(k => Pictures.Noise((8 * i) + k, side, side)).ToArray())];
        var expected = images.Select(one => onCpu.Segment(one)).ToArray();
        for (var i = 0; i < images.Length; i++)
        {
            if (i % 3 == 0) _rig.Driver.Fail(function, code, i % 7);
            try
            {
                var maps = engine.Segment(images[i]);
                for (var k = 0; k < maps.Count; k++)
                    maps[k].Values.SequenceEqual(expected[i][k].Values).ShouldBeTrue($"{i}");
            }
            catch (TrtBindingsException)
            {
                // The results of the others tell.
            }
        }
    }

    [SkippableFact]
    public async Task Masks_that_are_copied_while_calls_make_their_memory_larger_are_right_or_gone()
    {
        using var model = StandInFamily.Seg(_rig);
        using var engine = YoloSegEngine.Create(model, new() { KeepMasksOnDevice = true });
        var (copied, gone) = (0, 0);
        var newest = engine.Detect(Pictures.Noise(0, 30, 30));
        using var stop = new CancellationTokenSource();
        var copies = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    foreach (var one in Volatile.Read(ref newest))
                        one.DeviceMask!.Value.ToMask().Area.ShouldBe(one.DeviceMask.Value.Area!.Value);

                    copied++;
                }
                catch (DeviceResultException)
                {
                    gone++;
                }
            }
        });
        for (var side = 40; side < 700; side += 12)
        {
            Volatile.Write(ref newest, engine.Detect(Pictures.Noise(side, side, side)));
            await Task.Delay(1);
        }

        await stop.CancelAsync();
        await copies;
        (copied, gone).ShouldNotBe((0, 0));
    }
}
