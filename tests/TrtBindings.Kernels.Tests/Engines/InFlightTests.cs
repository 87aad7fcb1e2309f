using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Kernels.Tests.Engines;

[Trait("Category", "Slow")]
public sealed class InFlightTests : IDisposable
{
    private readonly EngineRig _rig = new();
    private readonly StandInFamily _model;

    public InFlightTests() => _model = StandInFamily.Yolo(_rig);

    public void Dispose()
    {
        _model.Dispose();
        _rig.Dispose();
    }

    [SkippableFact]
    public async Task Frames_in_flight_get_their_own_results_in_the_order_of_the_calls()
    {
        using var engine = YoloDetectEngine.Create(_model);
        engine.MaxInFlight.ShouldBe(2);
        using var onCpu = YoloDetectEngine.Create(_model, new() { Processing = Processing.Cpu });
        var before = Start(engine, 0);
        var order = new List<int>();
        for (var seed = 1; seed < 60; seed++)
        {
            var next = Start(engine, seed);
            var number = seed - 1;
            var ended = before.ContinueWith(_ => order.Add(number), TaskContinuationOptions.ExecuteSynchronously);
            (await before).ShouldBe(onCpu.Detect(Picture(number)), $"{number}");
            await ended;
            before = next;
        }

        await before;
        order.ShouldBe(Enumerable.Range(0, 59));
    }

    [SkippableFact]
    public async Task Batches_in_flight_fill_the_callers_lists_and_buffers()
    {
        using var model = StandInFamily.Seg(_rig);
        using var engine = YoloSegEngine.Create(model, new() { MaxBatch = 2 });
        using var onCpu = YoloSegEngine.Create(model, new() { MaxBatch = 2, Processing = Processing.Cpu });
        List<InstanceDetection<Thing>>[][] found = [[[], []], [[], []]];
        MaskBuffer[] buffers = [new(), new()];
        Task? before = null;
        for (var i = 0; i <= 8; i++)
        {
            var next = i == 8 ? null : engine.DetectAsync(Both(i), found[i % 2], buffers[i % 2]);
            if (before is not null)
            {
                await before;
                var expected = onCpu.Detect(Both(i - 1));
                for (var k = 0; k < 2; k++) Same.Instances(found[(i - 1) % 2][k], expected[k]);
            }

            before = next;
        }

        var one = found[0][0];
        await Should.ThrowAsync<ArgumentException>(engine.DetectAsync(Both(0), [one, one], buffers[0]));
        await Should.ThrowAsync<ArgumentException>(engine.DetectAsync(Both(0), [one], buffers[0]));
        await Should.ThrowAsync<ArgumentNullException>(engine.DetectAsync(Both(0), found[0], null!));
        one.ShouldNotBeEmpty("nothing was changed");
        await Should.ThrowAsync<ImageException>(engine.DetectAsync([Pictures.Noise(1, 9, 9), default], found[0], buffers[0]));
        one.ShouldBeEmpty();

        static ImageMemory[] Both(int seed) => [Pictures.Noise(seed, 90, 70), Pictures.Noise(seed + 50, 61, 80)];
    }

    [SkippableFact]
    public async Task A_call_too_many_is_an_error_that_names_the_option_and_harms_no_other()
    {
        using var engine = YoloDetectEngine.Create(_model, new() { MaxInFlight = 3 });
        using var onCpu = YoloDetectEngine.Create(_model, new() { Processing = Processing.Cpu });
        engine.Detect(Picture(0));
        _rig.Driver.Hold(true);
        var calls = Enumerable.Range(0, 3).Select(seed => Start(engine, seed)).ToArray();
        (await Should.ThrowAsync<EngineInUseException>(Start(engine, 3))).Message.ShouldContain("MaxInFlight");
        Should.Throw<EngineInUseException>(() => engine.Detect(Picture(3)));
        calls.ShouldAllBe(call => !call.IsCompleted);
        _rig.Driver.Hold(false);
        for (var i = 0; i < 3; i++) (await calls[i]).ShouldBe(onCpu.Detect(Picture(i)));
    }

    [SkippableFact]
    public async Task A_call_that_ends_first_waits_for_the_one_before_it()
    {
        using var engine = YoloDetectEngine.Create(_model);
        engine.Detect(Picture(0));
        _rig.Driver.Hold(true);
        var first = Start(engine, 1);
        var second = engine.DetectAsync(Picture(2), new CancellationToken(canceled: true));
        await Task.Delay(20);
        second.IsCompleted.ShouldBeFalse();
        _rig.Driver.Hold(false);
        await Should.ThrowAsync<OperationCanceledException>(second);
        first.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [SkippableFact]
    public async Task An_engine_that_is_disposed_in_flight_finishes_its_calls_and_frees_all_memory()
    {
        var engine = YoloDetectEngine.Create(_model);
        var pinned = _rig.Driver.Live("pinned");
        engine.Detect(Picture(0));
        _rig.Driver.Hold(true);
        var calls = Enumerable.Range(0, 2).Select(seed => Start(engine, seed)).ToArray();
        engine.Dispose();
        await Should.ThrowAsync<ObjectDisposedException>(Start(engine, 3));
        _rig.Driver.Hold(false);
        (await Task.WhenAll(calls)).Length.ShouldBe(2);
        _rig.Driver.Live("pinned").ShouldBeLessThan(pinned);
    }

    [SkippableFact]
    public async Task A_lost_GPU_ends_every_frame_in_flight_with_one_typed_error()
    {
        using var engine = YoloDetectEngine.Create(_model);
        var delivered = engine.Detect(Picture(0));
        var kept = delivered.ToArray();
        _rig.Driver.Hold(true);
        var calls = Enumerable.Range(0, 2).Select(seed => Start(engine, seed)).ToArray();
        _rig.Driver.LoseDevice(0, 700);
        _rig.Driver.Hold(false);
        foreach (var call in calls)
            (await Should.ThrowAsync<DeviceLostException>(call)).Message.ShouldContain("process");
        Should.Throw<DeviceLostException>(() => engine.Detect(Picture(0)));
        delivered.ShouldBe(kept);
    }

    [SkippableTheory]
    [InlineData(8, true)]
    [InlineData(4, true)]
    [InlineData(3, false)]
    [InlineData(1, false)]
    public async Task Batches_in_flight_take_turns_on_the_GPU_and_a_few_pictures_do_not(int batch, bool turns)
    {
        using var engine = YoloDetectEngine.Create(_model, new() { MaxBatch = batch });
        using var onCpu = YoloDetectEngine.Create(_model, new() { MaxBatch = batch, Processing = Processing.Cpu });
        for (var run = 0; run < 20; run++)
        {
            _rig.Driver.Hold(true);
            var waits = _rig.Driver.Calls("cuStreamWaitEvent");
            var both = new[] { engine.DetectAsync(Batch(run)), engine.DetectAsync(Batch(run + 1)) };
            // The second waits for the first, and the first perhaps for the one before.
            (_rig.Driver.Calls("cuStreamWaitEvent") - waits).ShouldBeInRange(turns ? 1 : 0, turns ? 2 : 0, $"run {run}");
            _rig.Driver.Hold(false);
            for (var call = 0; call < 2; call++)
            {
                var (found, expected) = (await both[call], onCpu.Detect(Batch(run + call)));
                for (var i = 0; i < batch; i++) found[i].ShouldBe(expected[i], $"picture {i} of run {run}");
            }
        }

        ImageMemory[] Batch(int seed) => [.. Enumerable.Range(0, batch).Select(i => Picture((10 * seed) + i))];
    }

    private static ImageMemory Picture(int seed) => Pictures.Noise(seed, 90, 70);

    /// <summary>The pixels are overwritten as soon as the call has returned.</summary>
    private static Task<IReadOnlyList<Detection<Thing>>> Start(YoloDetectEngine<Thing> engine, int seed)
    {
        var pixels = Picture(seed).Pixels.ToArray();
        var task = engine.DetectAsync(new ImageView(pixels, 90, 70, PixelFormat.Rgb));
        Array.Fill(pixels, (byte)255);
        return task;
    }
}
