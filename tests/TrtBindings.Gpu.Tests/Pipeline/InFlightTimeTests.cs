using System.Diagnostics;
using System.Globalization;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.Interop.Cuda;

namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>
/// Batches of 8 in flight with other results or pictures, YOLO-seg in 16-bit floats on TensorRT, against the raw engine.
/// </summary>
public sealed class InFlightTimeTests
{
    private const int Batch = 8;
    private const int Batches = 200;
    private const int Rounds = 3;

    [SkippableTheory]
    [InlineData("lists of the caller")]
    [InlineData("new lists")]
    [InlineData("three in flight")]
    [InlineData("masks stay on the GPU")]
    [InlineData("no masks")]
    [InlineData("pictures on the GPU")]
    public void Batches_of_8_in_flight(string way) => Measure(way, way == "three in flight" ? 3 : 2);

    [SkippableFact]
    public unsafe void The_raw_engine_beside_uploads_of_8_pictures()
    {
        using var model = (DeskSeg)SampleModel.Seg.LoadReady("fp16");
        using var pictures = new FullHd(model.Gpu!, Batch);
        using var raw = new RawEngine(model, Batch);
        using var stream = CudaStream.Create(GpuMachine.Context);
        const int PictureBytes = FullHd.Width * FullHd.Height * 3;
        using var target = model.Gpu!.Allocate(Batch * PictureBytes);
        void Upload()
        {
            for (var i = 0; i < Batch; i++)
                stream.CopyToDevice(target.Address + (i * PictureBytes), (void*)pictures.AddressOf(i), PictureBytes);
        }

        Upload();
        stream.Synchronize();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < 50; i++) Upload();
        stream.Synchronize();
        var upload = Stopwatch.GetElapsedTime(start).TotalMilliseconds / 50;
        var (alone, beside) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            alone.Add(raw.Sustained(Batches));
            beside.Add(raw.Sustained(Batches, Upload));
        }

        PipelineFigures.Report("raw engine, batch 8: alone, beside uploads of 8 pictures, an upload alone", string.Join(", ",
            PipelineFigures.Milliseconds(Statistics.Median(alone)), PipelineFigures.Milliseconds(Statistics.Median(beside)),
            PipelineFigures.Milliseconds(upload)));
    }

    private static void Measure(string way, int inFlight)
    {
        using var model = (DeskSeg)SampleModel.Seg.LoadReady("fp16", new() { MaxConcurrentRuns = inFlight });
        using var pictures = new FullHd(model.Gpu!, Batch);
        using var raw = new RawEngine(model, Batch);
        using var engine = YoloSegEngine.Create(model, new()
        {
            Confidence = 0.25f, MaxBatch = Batch, Processing = Processing.Gpu, MaxInFlight = inFlight,
            KeepMasksOnDevice = way == "masks stay on the GPU",
            MaskSpace = way == "no masks" ? MaskSpace.None : MaskSpace.Image,
        });
        using var device = model.Gpu!.Allocate((nint)Batch * FullHd.Width * FullHd.Height * 3);
        GpuImage[] images = way == "pictures on the GPU" ? OnGpu(pictures, device) : [];
        var lists = Enumerable.Range(0, inFlight).Select(_ => Enumerable.Range(0, Batch)
            .Select(_ => new List<InstanceDetection<DeskSeg.Label>>()).ToArray()).ToArray();
        MaskBuffer[] buffers = [.. lists.Select(_ => new MaskBuffer())];
        var turn = 0;
        Func<Task> call = images.Length > 0 ? () => engine.DetectAsync(images.AsSpan())
            : way == "lists of the caller"
                ? () => engine.DetectAsync(pictures.Pictures, lists[turn % inFlight], buffers[turn++ % inFlight])
                : () => engine.DetectAsync(pictures.Pictures);
        var (ours, theirs, calls, whole) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        List<double> before = [], run = [], after = [];
        Sustained();
        Clear();
        var bytes = GC.GetTotalAllocatedBytes();
        var collections = GC.CollectionCount(0);
        for (var round = 0; round < Rounds; round++)
        {
            theirs.Add(raw.Sustained(Batches));
            ours.Add(Sustained());
        }

        bytes = GC.GetTotalAllocatedBytes() - bytes;
        collections = GC.CollectionCount(0) - collections;
        var (mine, bare) = (Statistics.Median(ours), Statistics.Median(theirs));
        PipelineFigures.Report($"batch 8 in flight, {way}", string.Create(CultureInfo.InvariantCulture,
            $"{bare / mine:P1} of the raw engine ({string.Join(' ', ours.Select(one => $"{one:0.000}"))} of {bare:0.000} ms); "
            + $"GPU {Statistics.Median(before):0.000} {Statistics.Median(run):0.000} {Statistics.Median(after):0.000}; "
            + $"queued in {Statistics.Median(calls):0.000}, whole call {Statistics.Median(whole):0.000} ms; "
            + $"{bytes / (Rounds * Batches)} bytes a batch, {collections} collections, {raw.Graphs} graphs"));

        void Clear()
        {
            foreach (var list in new[] { calls, whole, before, run, after }) list.Clear();
        }

        double Sustained()
        {
            var start = Stopwatch.GetTimestamp();
            var queue = new Queue<(long Start, Task Call)>();
            for (var i = 0; i < Batches + inFlight; i++)
            {
                if (queue.Count == inFlight || i >= Batches)
                {
                    var (began, first) = queue.Dequeue();
                    first.GetAwaiter().GetResult();
                    whole.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                    var times = engine.LastTimings;
                    before.Add(times.Preprocess.TotalMilliseconds);
                    run.Add(times.Inference.TotalMilliseconds);
                    after.Add(times.Postprocess.TotalMilliseconds);
                }

                if (i >= Batches) continue;
                var at = Stopwatch.GetTimestamp();
                queue.Enqueue((at, call()));
                calls.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
            }

            return Stopwatch.GetElapsedTime(start).TotalMilliseconds / Batches;
        }
    }

    private static unsafe GpuImage[] OnGpu(FullHd pictures, DeviceBuffer device)
    {
        const int PictureBytes = FullHd.Width * FullHd.Height * 3;
        for (var i = 0; i < Batch; i++)
            device.CopyFrom(new ReadOnlySpan<byte>((void*)pictures.AddressOf(i), PictureBytes), (nint)i * PictureBytes);
        return [.. Enumerable.Range(0, Batch).Select(i => GpuImage.Packed(device.Address + ((nint)i * PictureBytes), FullHd.Width,
            FullHd.Height, FullHd.Width * 3, PixelFormat.Rgb, GpuImageOrder.Synchronous))];
    }
}
