using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Kernels.Tests.Engines;

[Trait("Category", "Slow")]
public sealed class SteadyTests : IDisposable
{
    private readonly EngineRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [SkippableFact]
    public void A_warm_call_with_the_callers_lists_allocates_nothing()
    {
        using var model = StandInFamily.Seg(_rig);
        using var engine = YoloSegEngine.Create(model, new() { MaxBatch = 2 });
        ImageMemory[] images = [Pictures.Noise(1, 90, 70), Pictures.Noise(2, 120, 61, PixelFormat.Bgra)];
        List<InstanceDetection<Thing>>[] found = [[], []];
        var buffer = new MaskBuffer();
        Allocations.Of(() => engine.Detect(images, found, buffer)).ShouldBe(0);
        Allocations.Of(() => engine.Detect(images[1], found[0], buffer)).ShouldBe(0);
    }

    [SkippableFact]
    public void Pictures_at_three_addresses_of_one_shape_replay_one_graph_and_get_their_own_results()
    {
        using var model = StandInFamily.Yolo(_rig);
        using var engine = YoloDetectEngine.Create(model);
        using var onCpu = YoloDetectEngine.Create(model, new() { Processing = Processing.Cpu });
        var expected = Enumerable.Range(0, 3).Select(i => onCpu.Detect(Pictures.Noise(i, 90, 70))).ToArray();
        using var first = model.Gpu!.AllocatePinned(90 * 70 * 3);
        using var second = model.Gpu.AllocatePinned(90 * 70 * 3);
        Pictures.Noise(0, 90, 70).Pixels.CopyTo(first.Span);
        Pictures.Noise(1, 90, 70).Pixels.CopyTo(second.Span);
        ImageMemory[] images =
        [
            ImageMemory.FromPointer(first.Address, 90, 70, PixelFormat.Rgb),
            ImageMemory.FromPointer(second.Address, 90, 70, PixelFormat.Rgb), Pictures.Noise(2, 90, 70),
        ];
        for (var i = 0; i < 20; i++) engine.Detect(images[0]);
        var (captures, replays) = (_rig.Driver.Calls("cuStreamBeginCapture"), _rig.Driver.Calls("cuGraphLaunch"));
        for (var i = 0; i < 30; i++) engine.Detect(images[i % 3]).ShouldBe(expected[i % 3]);
        _rig.Driver.Calls("cuStreamBeginCapture").ShouldBe(captures);
        _rig.Driver.Calls("cuGraphLaunch").ShouldBe(replays + 30);
    }

    [SkippableFact]
    public void Hundreds_of_frames_of_changing_sizes_keep_memory_flat_and_equal_the_processors()
    {
        using var model = StandInFamily.Yolo(_rig, anchors: "anchors", side: 0);
        var options = new YoloOptions { Rectangular = true, InputWidth = 128, InputHeight = 128, MaxBatch = 2 };
        using var engine = YoloDetectEngine.Create(model, options);
        using var onCpu = YoloDetectEngine.Create(model, options with { Processing = Processing.Cpu });
        engine.Processing.Reasons.ShouldBeEmpty();
        var random = new Random(5);
        var memory = 0L;
        for (var i = 0; i < 400; i++)
        {
            var (width, height) = (random.Next(1, 300), random.Next(1, 300));
            // The largest comes first, so that memory need not grow later.
            if (i == 0) (width, height) = (300, 300);
            var (one, two) = (Pictures.Noise(i, width, height), Pictures.Noise(i + 1000, width, height));
            if (i % 3 == 0) engine.Detect([one, two]).ShouldBe(onCpu.Detect([one, two]), $"{i}");
            else engine.Detect(one).ShouldBe(onCpu.Detect(one), $"{i}");
            if (i == 200) memory = _rig.Driver.Live("memory");
        }

        _rig.Driver.Live("memory").ShouldBeLessThanOrEqualTo((int)memory);
    }

    [SkippableFact]
    public void Recorded_runs_of_one_to_three_pictures_in_turn_do_not_mix_their_masks()
    {
        using var model = StandInFamily.Seg(_rig);
        using var onGpu = YoloSegEngine.Create(model, new() { MaxBatch = 3 });
        using var onCpu = YoloSegEngine.Create(model, new() { MaxBatch = 3, Processing = Processing.Cpu });
        foreach (var images in Pictures.Batches(120))
        {
            var (mine, theirs) = (onGpu.Detect(images), onCpu.Detect(images));
            for (var i = 0; i < images.Length; i++) Same.Instances(mine[i], theirs[i]);
        }

        _rig.Driver.Calls("cuGraphLaunch").ShouldBeGreaterThan(60);
    }

    [SkippableFact]
    public void Recorded_runs_of_one_to_three_pictures_in_turn_do_not_mix_their_maps()
    {
        using var model = StandInFamily.Segmenter(_rig);
        var preprocessing = SegmentationPreprocessing.Torchvision;
        using var onGpu = SemanticSegmentationEngine.Create(model, preprocessing, new() { MaxBatch = 3 });
        using var onCpu = SemanticSegmentationEngine.Create(
            model, preprocessing, new() { MaxBatch = 3, Processing = Processing.Cpu });
        foreach (var images in Pictures.Batches(120))
        {
            var (mine, theirs) = (onGpu.Segment(images), onCpu.Segment(images));
            for (var i = 0; i < images.Length; i++)
                mine[i].Values.SequenceEqual(theirs[i].Values).ShouldBeTrue($"{images[i].Width} x {images[i].Height}");
        }

        _rig.Driver.Calls("cuGraphLaunch").ShouldBeGreaterThan(60);
    }
}
