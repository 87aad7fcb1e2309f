using TrtBindings.Interop.Cuda;
using TrtBindings.Kernels.Tests.Preprocessing;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Kernels.Tests.Engines;

[Trait("Category", "Slow")]
public sealed class GpuImageTests : IDisposable
{
    private const int Width = 90;
    private const int Height = 70;
    private const int Bytes = Width * Height * 3;

    private readonly EngineRig _rig = new();
    private readonly StandInFamily _model;
    private readonly YoloDetectEngine<Thing> _engine;
    private readonly YoloDetectEngine<Thing> _onCpu;
    private readonly CudaStream _stream;
    private readonly GpuQueue _producer;
    private readonly DeviceBuffer _pixels;
    private readonly PinnedBuffer _source;

    public GpuImageTests()
    {
        _model = StandInFamily.Yolo(_rig);
        _engine = YoloDetectEngine.Create(_model, new() { MaxBatch = 2 });
        _onCpu = YoloDetectEngine.Create(_model, new() { MaxBatch = 2, Processing = Processing.Cpu });
        _stream = CudaStream.Create(_rig.Driver.Context);
        _producer = _model.Gpu!.WrapStream(_stream.Raw);
        _pixels = _model.Gpu!.Allocate(Bytes);
        _source = _model.Gpu.AllocatePinned(Bytes);
    }

    public void Dispose()
    {
        _source.Dispose();
        _pixels.Dispose();
        _stream.Dispose();
        _onCpu.Dispose();
        _engine.Dispose();
        _model.Dispose();
        _rig.Dispose();
    }

    [SkippableFact]
    public async Task A_slow_producer_and_one_that_overwrites_at_once_after_release_get_the_right_results()
    {
        using var ready = _model.Gpu!.CreateEvent();
        using var released = _model.Gpu.CreateEvent();
        for (var seed = 0; seed < 20; seed++)
        {
            var expected = _onCpu.Detect(Picture(seed));
            Picture(seed).Pixels.CopyTo(_source.Span);
            _rig.Driver.Hold(true);
            for (var i = 0; i < 10; i++) _producer.Fill(_pixels.Address, (byte)i, Bytes);
            _producer.Upload(_pixels.Address, _source.Address, Bytes);
            _producer.Record(ready);
            var call = _engine.DetectAsync(Image(GpuImageOrder.After(ready, released)));
            _producer.WaitFor(released);
            _producer.Fill(_pixels.Address, 0xEE, Bytes);
            call.IsCompleted.ShouldBeFalse();
            _rig.Driver.Hold(false);
            (await call).ShouldBe(expected, $"{seed}");
        }
    }

    [SkippableFact]
    public async Task A_producers_stream_is_waited_for_and_waits()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            Picture(seed).Pixels.CopyTo(_source.Span);
            for (var i = 0; i < 10; i++) _producer.Fill(_pixels.Address, (byte)i, Bytes);
            _producer.Upload(_pixels.Address, _source.Address, Bytes);
            var call = _engine.DetectAsync(Image(GpuImageOrder.OnStream(_producer)));
            _producer.Fill(_pixels.Address, 0xEE, Bytes);
            (await call).ShouldBe(_onCpu.Detect(Picture(seed)), $"{seed}");
            _stream.Synchronize();
        }
    }

    [SkippableFact]
    public void Images_of_every_format_give_what_the_processor_finds()
    {
        using var kernels = KernelSet.Load(_model.Gpu!);
        var random = new Random(3);
        for (var i = 0; i < 60; i++)
        {
            var one = new TestPicture(random, (random.Next(1, 150), random.Next(1, 150)), i % 7);
            var two = new TestPicture(random, (random.Next(1, 150), random.Next(1, 150)), random.Next(7));
            using var first = one.Upload(kernels, out var firstFrame);
            using var second = two.Upload(kernels, out var secondFrame);
            GpuImage[] images = [Of(firstFrame), Of(secondFrame)];
            var found = _engine.Detect(images);
            found[0].ShouldBe(_onCpu.Detect(one.ForCpu()), one.ToString());
            found[1].ShouldBe(_onCpu.Detect(two.ForCpu()), two.ToString());
        }
    }

    [SkippableFact]
    public void What_is_missing_or_too_small_is_an_error_before_the_GPU_sees_it()
    {
        var order = GpuImageOrder.Synchronous;
        Refuses(() => Image(default), "GpuImageOrder.Synchronous");
        Refuses(() => GpuImage.Packed(_pixels.Address, Width, Height, Width, PixelFormat.Rgb, order), "pitch");
        Refuses(() => GpuImage.Packed(0, Width, Height, Width * 3, PixelFormat.Rgb, order), "address");
        Refuses(() => GpuImage.Packed(_pixels.Address, 0, Height, Width * 3, PixelFormat.Rgb, order), "no pixels");
        var planes = new YuvPlanes(_pixels.Address, 32, _pixels.Address + 1024, 32);
        var colors = new YuvColors(YuvMatrix.Bt709, YuvRange.Limited);
        Refuses(() => GpuImage.Yuv(YuvFormat.P010, planes, 32, 32, colors, order), "P010");
        Refuses(() => GpuImage.Yuv(YuvFormat.Nv12, planes, 32, 32, default, order), "matrix");
        Refuses(() => GpuImage.Yuv(YuvFormat.Nv12, planes, 33, 32, colors, order), "pitch of Y");
        Refuses(() => GpuImage.Yuv(YuvFormat.Nv12, planes with { PitchU = 31 }, 32, 32, colors, order), "pitch of UV");
        Refuses(() => GpuImage.Yuv(YuvFormat.I420, planes, 32, 32, colors, order), "address of V");
        Refuses(() => _engine.Detect(default(GpuImage)), "empty");
        Refuses(() => _engine.Detect(GpuImage.Packed(64, 8, 8, 24, PixelFormat.Rgb, order)), "not memory of");
        Refuses(() => _engine.Detect(
            GpuImage.Packed(_pixels.Address, Width, Height * 100, Width * 3, PixelFormat.Rgb, order)), "not memory of");
        using var other = _model.Gpu!.Allocate(Bytes);
        var (low, high) = (Math.Min(_pixels.Address, other.Address), Math.Max(_pixels.Address, other.Address));
        // Both ends are memory of the GPU, and what is between them is not.
        Refuses(() => _engine.Detect(GpuImage.Packed(
            low, 1, 2, checked((int)(high - low)), PixelFormat.Rgb, order)), "not of one allocation");
        Should.Throw<ProcessingException>(() => _onCpu.Detect(Image(order))).Message.ShouldContain("Processing is Cpu");
        Picture(1).Pixels.CopyTo(_source.Span);
        _pixels.CopyFrom<byte>(_source.Span);
        _engine.Detect(Image(order)).ShouldBe(_onCpu.Detect(Picture(1)));
    }

    [SkippableFact]
    public void A_warm_call_allocates_nothing()
    {
        _pixels.CopyFrom(Picture(1).Pixels);
        var found = new List<Detection<Thing>>();
        var image = Image(GpuImageOrder.OnStream(_producer));
        Allocations.Of(() => _engine.Detect(image, found)).ShouldBe(0);
        found.ShouldBe(_onCpu.Detect(Picture(1)));
    }

    private static void Refuses(Action call, string part) => Should.Throw<ImageException>(call).Message.ShouldContain(part);

    private static void Refuses(Func<object> call, string part) => Refuses(() => { call(); }, part);

    private static ImageMemory Picture(int seed) => Pictures.Noise(seed, Width, Height);

    private static GpuImage Of(in GpuFrame frame)
    {
        var order = GpuImageOrder.Synchronous;
        if (frame.Format < FrameFormat.Nv12)
        {
            return GpuImage.Packed(
                frame.Planes[0], frame.Width, frame.Height, frame.Pitches[0], (PixelFormat)frame.Format, order);
        }

        return GpuImage.Yuv(
            frame.Format == FrameFormat.Nv12 ? YuvFormat.Nv12 : YuvFormat.I420,
            new(frame.Planes[0], frame.Pitches[0], frame.Planes[1], frame.Pitches[1], frame.Planes[2], frame.Pitches[2]),
            frame.Width, frame.Height,
            new(frame.Matrix == 1 ? YuvMatrix.Bt709 : YuvMatrix.Bt601, frame.IsFullRange == 1 ? YuvRange.Full : YuvRange.Limited),
            order);
    }

    private GpuImage Image(GpuImageOrder order) =>
        GpuImage.Packed(_pixels.Address, Width, Height, Width * 3, PixelFormat.Rgb, order);
}
