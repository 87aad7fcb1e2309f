using System.Diagnostics;
using TrtBindings.Gpu.Tests.Figures;

namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>
/// Time from pixels to results, YOLO-seg in 16-bit floats on TensorRT, against the raw engine and against the same work in
/// PyTorch.
/// </summary>
public sealed class EngineTimeTests
{
    private const int WarmUps = 200;
    private const int Calls = 600;
    private const int Batch = 8;
    private const int Batches = 300;
    private const double MostMilliseconds = 0.25;
    private const double LeastShare = 0.95;
    private const double LeastRatio = 3;

    [SkippableFact]
    public void A_1080p_frame_takes_a_quarter_of_a_millisecond_more_than_the_engine()
    {
        using var model = (DeskSeg)SampleModel.Seg.LoadReady("fp16");
        using var pictures = new FullHd(model.Gpu!, 1);
        var (whole, raw) = Measure(model, pictures.Pictures);
        PipelineFigures.Check("YOLO-seg FP16, one 1080p frame from pinned memory to results, above the raw engine",
            PipelineFigures.Milliseconds(whole - raw), "at most 0.25 ms", whole - raw <= MostMilliseconds);
        ReportProcessor(model, pictures.Pictures);
    }

    [SkippableFact]
    public void Batches_of_8_two_in_flight_reach_the_raw_engines_throughput()
    {
        using var model = (DeskSeg)SampleModel.Seg.LoadReady("fp16");
        using var pictures = new FullHd(model.Gpu!, Batch);
        using var raw = new RawEngine(model, Batch);
        using var engine = YoloSegEngine.Create(model, Options(Batch));
        engine.Processing.Postprocessing.ShouldBe(ProcessingPlace.Gpu, engine.Processing.ToString());
        // Two calls in flight, each with lists and masks of its own that it fills again.
        var lists = new[] { Lists(), Lists() };
        MaskBuffer[] masks = [new(), new()];
        var (ours, theirs, fresh) = (new List<double>(), new List<double>(), new List<double>());
        Func<int, Task> filled = i => engine.DetectAsync(pictures.Pictures, lists[i], masks[i]);
        Func<int, Task> made = _ => engine.DetectAsync(pictures.Pictures);
        Sustained(filled, Batches / 4);
        Sustained(made, Batches / 4);
        // In turns, so that a clock that changes changes all.
        for (var round = 0; round < 4; round++)
        {
            theirs.Add(raw.Sustained(Batches));
            ours.Add(Sustained(filled, Batches));
            fresh.Add(Sustained(made, Batches));
        }

        var (mine, bare) = (Statistics.Median(ours), Statistics.Median(theirs));
        PipelineFigures.Report("YOLO-seg FP16, batch 8 of 1080p, two in flight", FormattableString.Invariant(
            $"{Batch / mine * 1000:0} pictures a second, {Batch / bare * 1000:0} of the raw engine"));
        PipelineFigures.Report("the same with new lists and masks for each call, in parts of the raw engine's throughput",
            FormattableString.Invariant($"{bare / Statistics.Median(fresh):P1}"));
        PipelineFigures.Check("YOLO-seg FP16, batch 8 of 1080p, two in flight, in parts of the raw engine's throughput",
            FormattableString.Invariant($"{bare / mine:P1}"), "at least 95 %", bare / mine >= LeastShare);

        double Sustained(Func<int, Task> call, int batches)
        {
            var start = Stopwatch.GetTimestamp();
            Task[] running = [call(0), call(1)];
            for (var i = 2; i < batches + 2; i++)
            {
                running[i % 2].GetAwaiter().GetResult();
                if (i < batches) running[i % 2] = call(i % 2);
            }

            return Stopwatch.GetElapsedTime(start).TotalMilliseconds / batches;
        }

        List<InstanceDetection<DeskSeg.Label>>[] Lists() =>
            [.. Enumerable.Range(0, Batch).Select(_ => new List<InstanceDetection<DeskSeg.Label>>())];
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(Batch)]
    public void Before_and_after_the_engine_it_is_three_times_as_fast_as_PyTorch(int batch)
    {
        using var model = (DeskSeg)SampleModel.Seg.LoadReady("fp16");
        using var pictures = new FullHd(model.Gpu!, batch);
        var torch = TorchBaseline.Run(model, pictures.Pictures);
        var (whole, raw) = Measure(model, pictures.Pictures);
        var ours = Math.Max(whole - raw, 0.001);
        PipelineFigures.Report($"batch {batch}: PyTorch before, after, after with masks in the model's space",
            $"{PipelineFigures.Milliseconds(torch.Before)}, {PipelineFigures.Milliseconds(torch.After)}, "
            + $"{PipelineFigures.Milliseconds(torch.AfterInModelSpace)} ({torch.Finds} finds, {torch.Version})");
        PipelineFigures.Check($"YOLO-seg FP16, batch {batch} of 1080p, before and after the engine, against PyTorch",
            FormattableString.Invariant($"{(torch.Before + torch.After) / ours:0.0} times as fast ({ours:0.000} ms)"),
            "at least 3 times", (torch.Before + torch.After) / ours >= LeastRatio);
    }

    private static YoloSegOptions Options(int batch, Processing processing = Processing.Gpu) =>
        new() { Confidence = 0.25f, MaxBatch = batch, Processing = processing };

    /// <summary>The same call with the processor's work around the model, for the picture in docs/gpu-pipeline.md.</summary>
    private static void ReportProcessor(DeskSeg model, ImageMemory[] pictures)
    {
        using var engine = YoloSegEngine.Create(model, Options(pictures.Length, Processing.Cpu));
        var (call, whole) = (Call(engine, pictures), new double[Calls / 4]);
        for (var i = 0; i < WarmUps / 4; i++) call();
        for (var i = 0; i < whole.Length; i++)
        {
            var start = Stopwatch.GetTimestamp();
            call();
            whole[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        PipelineFigures.Report("YOLO-seg FP16, one 1080p frame, prepared and read by the processor",
            $"{PipelineFigures.Milliseconds(Statistics.Median(whole))}; before, model, after {engine.LastTimings}");
    }

    /// <summary>Medians of a whole call and of the raw engine, in turns.</summary>
    private static (double Whole, double Raw) Measure(DeskSeg model, ImageMemory[] pictures)
    {
        using var raw = new RawEngine(model, pictures.Length);
        using var engine = YoloSegEngine.Create(model, Options(pictures.Length));
        var call = Call(engine, pictures);
        double[] whole = new double[Calls], enqueued = new double[Calls], replayed = new double[Calls];
        for (var i = 0; i < WarmUps; i++) call();
        for (var i = 0; i < Calls; i++)
        {
            enqueued[i] = raw.Enqueue();
            replayed[i] = raw.Replay();
            var start = Stopwatch.GetTimestamp();
            call();
            whole[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < WarmUps; i++) call();
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        var (w, e, r) = (Statistics.Median(whole), Statistics.Median(enqueued), Statistics.Median(replayed));
        PipelineFigures.Report(
            $"YOLO-seg FP16, batch {pictures.Length} of 1080p: whole call, raw engine enqueued, as a CUDA graph",
            $"{PipelineFigures.Milliseconds(w)}, {PipelineFigures.Milliseconds(e)}, {PipelineFigures.Milliseconds(r)}; "
            + $"before, model, after {engine.LastTimings}");
        PipelineFigures.Check($"YOLO-seg FP16, batch {pictures.Length}: bytes allocated in {WarmUps} warm calls", $"{bytes}", "0",
            bytes == 0);
        return (w, Math.Min(e, r));
    }

    /// <summary>A call into lists of the caller.</summary>
    private static Action Call<TLabel>(YoloSegEngine<TLabel> engine, ImageMemory[] pictures)
        where TLabel : unmanaged, Enum
    {
        var buffer = new MaskBuffer();
        List<InstanceDetection<TLabel>>[] found = [.. pictures.Select(_ => new List<InstanceDetection<TLabel>>())];
        return pictures.Length == 1
            ? () => engine.Detect(pictures[0], found[0], buffer)
            : () => engine.Detect(pictures, found, buffer);
    }
}
