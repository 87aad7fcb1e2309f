using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.Interop.Cuda;

namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>
/// Pictures that are on the GPU already, in one surface that its producer fills slowly and overwrites as soon as it may: each
/// call sees its own picture.
/// </summary>
public sealed class GpuImageTests
{
    private const int Frames = 60;
    private const int Kinds = 4;
    private const int SlowMilliseconds = 4;
    private const int InFlight = 2;

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_its_stream_a_slow_producer_is_waited_for_and_one_that_overwrites_at_once_harms_nothing(bool onTensorRt)
    {
        using var model = Load(onTensorRt);
        using var producer = new Producer(model.Gpu!);
        var image = GpuImage.Packed(producer.Surface, FullHd.Width, FullHd.Height, FullHd.Width * 3, PixelFormat.Rgb,
            GpuImageOrder.OnStream(producer.Queue));
        await Check(model, producer, "on the producer's stream", _ => image, _ =>
        {
        });
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task By_events_a_slow_producer_is_waited_for_and_one_that_overwrites_at_once_harms_nothing(bool onTensorRt)
    {
        using var model = Load(onTensorRt);
        using var producer = new Producer(model.Gpu!);
        GpuEvent[] ready = [.. Enumerable.Range(0, InFlight).Select(_ => model.Gpu!.CreateEvent())];
        GpuEvent[] released = [.. Enumerable.Range(0, InFlight).Select(_ => model.Gpu!.CreateEvent())];
        await Check(model, producer, "by events", frame =>
        {
            producer.Queue.Record(ready[frame % InFlight]);
            return GpuImage.Packed(producer.Surface, FullHd.Width, FullHd.Height, FullHd.Width * 3, PixelFormat.Rgb,
                GpuImageOrder.After(ready[frame % InFlight], released[frame % InFlight]));
        }, frame => producer.Queue.WaitFor(released[frame % InFlight]));
        foreach (var point in (GpuEvent[])[.. ready, .. released]) point.Dispose();
    }

    private static DeskSeg Load(bool onTensorRt) =>
        (DeskSeg)(onTensorRt ? SampleModel.Seg.LoadReady("fp16") : SampleModel.Seg.LoadOnProvider());

    private static async Task Check(
        DeskSeg model, Producer producer, string what, Func<int, GpuImage> imageOf, Action<int> afterCall)
    {
        using var memory = new FullHd(model.Gpu!, Kinds);
        using var cpu = SampleModel.Seg.Open(model, new(Processing.Cpu));
        using var engine = YoloSegEngine.Create(model, new EngineChoice(Processing.Gpu, 1, InFlight).Of(
            new YoloSegOptions { Confidence = 0.25f }));
        Outcome[][] expected = [.. memory.Pictures.Select(cpu.One)];
        var comparison = new OutcomeComparison();
        var flying = new Queue<(int Kind, Task<Outcome[]> Found)>();
        for (var frame = 0; frame < Frames; frame++)
        {
            if (flying.Count == InFlight) await Land();
            producer.Write(memory.AddressOf(frame % Kinds), frame % 3 == 0 ? SlowMilliseconds : 0);
            var found = engine.DetectAsync(imageOf(frame));
            afterCall(frame);
            producer.Overwrite((byte)frame);
            flying.Enqueue((frame % Kinds, Of(found)));
        }

        while (flying.Count > 0) await Land();
        PipelineFigures.Check($"a slow producer that overwrites its one surface at once, {what}, {model.Backend}",
            comparison.ToString(), OutcomeComparison.Bar, comparison.Holds && comparison.Finds > 0);

        async Task Land()
        {
            var (kind, found) = flying.Dequeue();
            comparison.Add(expected[kind], await found);
        }

        static async Task<Outcome[]> Of<TLabel>(Task<IReadOnlyList<InstanceDetection<TLabel>>> found)
            where TLabel : unmanaged, Enum => Outcome.Of(await found);
    }

    /// <summary>What a decoder does on its own stream: takes its time, writes a surface, and writes it again.</summary>
    private sealed class Producer : IDisposable
    {
        private const int Bytes = FullHd.Width * FullHd.Height * 3;

        private readonly CudaStream _stream;
        private readonly DeviceBuffer _surface;

        public Producer(ModelGpu gpu)
        {
            _stream = CudaStream.Create(GpuMachine.Context);
            _surface = gpu.Allocate(Bytes);
            Queue = gpu.WrapStream(_stream.Raw);
        }

        public GpuQueue Queue { get; }

        public nint Surface => _surface.Address;

        /// <summary>Queues a picture, after a while.</summary>
        public void Write(nint pinned, int milliseconds)
        {
            if (milliseconds > 0)
            {
                using var slow = new CudaHostCallback(() => Thread.Sleep(milliseconds));
                slow.EnqueueOn(_stream);
            }

            Queue.Upload(Surface, pinned, Bytes);
        }

        /// <summary>Queues other pixels.</summary>
        public void Overwrite(byte value) => Queue.Fill(Surface, value, Bytes);

        public void Dispose()
        {
            _stream.Synchronize();
            _stream.Dispose();
            _surface.Dispose();
        }
    }
}
