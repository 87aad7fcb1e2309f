using System.Collections.Concurrent;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TestSupport.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT.Fake;

/// <summary>
/// Callback objects called by compiled C++ from several native threads at once, while another thread collects garbage: arguments,
/// results, and that no exception gets out.
/// </summary>
[Trait("Category", "Slow")]
public sealed class NativeThreadTests
{
    private const int Threads = 4;

    [SkippableTheory]
    [InlineData(10)]
    [InlineData(11)]
    public void Every_object_says_its_class_and_is_not_destroyed_by_TensorRT(int major)
    {
        using var fake = StandIn(major);
        var (slots, call) = (fake.Library.Slots, new NativeCaller(fake));
        List<TrtCallback> objects =
        [
            new TrtErrorRecorder(slots), new TrtProgressMonitor(slots, new CountedProgress()),
            new TrtGpuAllocator(slots, new CountedMemory()), new TrtOutputAllocator(slots, new RefusingOutput()),
        ];
        if (TrtReleases.Has(TrtFeature.Int8Calibration, slots.Version))
            objects.Add(new TrtInt8Calibrator(slots, new EmptyCalibration()));
        else objects.AddRange([fake.Library.Logger, new TrtProfiler(slots, (_, _) => { })]);
        foreach (var item in objects)
        {
            call.Delete(item);
            call.Interface(item).ShouldBe((ClassOf(item), 100));
            if (item is not TrtLogger) item.Dispose();
        }
    }

    [SkippableTheory]
    [InlineData(10)]
    [InlineData(11)]
    public void Lines_of_all_threads_arrive_whole_and_their_errors_are_not_those_of_this_thread(int major)
    {
        using var fake = StandIn(major);
        var lines = new ConcurrentBag<string>();
        fake.Library.Logger.Sink = (severity, text) => lines.Add($"{severity} {text}");
        TrtLogger.TakeErrors();
        Collecting(() => new NativeCaller(fake).Log(fake.Library.Logger, Threads, 250));
        lines.Count.ShouldBe(Threads * 150, "internal errors, errors and warnings");
        lines.ShouldContain("Error thread 3 line 246");
        lines.ShouldBeUnique();
        TrtLogger.TakeErrors().ShouldBeEmpty();

        fake.Library.Logger.Sink = (_, _) => throw new InvalidOperationException("sink");
        new NativeCaller(fake).Log(fake.Library.Logger, Threads, 50);
        fake.Library.Logger.TakeFailure().ShouldBeOfType<InvalidOperationException>();
    }

    [SkippableTheory]
    [InlineData(10)]
    [InlineData(11)]
    public void Phases_on_several_threads_are_told_apart_and_one_answer_ends_them_all(int major)
    {
        using var fake = StandIn(major);
        var (slots, call, progress) = (fake.Library.Slots, new NativeCaller(fake), new CountedProgress());
        using var monitor = new TrtProgressMonitor(slots, progress);
        Collecting(() => call.Progress(monitor, Threads, 300).ShouldBe(0));
        progress.Steps.ShouldBe(Threads * 300);
        progress.Phases.Order().ShouldBe(["phase 0 of ", "phase 1 of phase 0", "phase 2 of phase 0", "phase 3 of phase 0"]);
        progress.Finished.ShouldBe(Threads);

        progress.Limit = progress.Steps + 10;
        call.Progress(monitor, Threads, 300).ShouldBe((Threads * 300) - 9);
        using var failing = new TrtProgressMonitor(slots, new FailingProgress());
        call.Progress(failing, threads: 1, 300).ShouldBe(300);
        failing.TakeFailure().ShouldBeOfType<NotSupportedException>();
    }

    [SkippableTheory]
    [InlineData(10)]
    [InlineData(11)]
    public void A_recorder_takes_errors_of_all_threads_up_to_its_limit(int major)
    {
        using var fake = StandIn(major);
        using var recorder = new TrtErrorRecorder(fake.Library.Slots);
        Collecting(() => new NativeCaller(fake).Report(recorder, Threads, 5).ShouldBe(Threads * 5));
        recorder.Take().Order().Distinct().ShouldBe(["thread 0", "thread 1", "thread 2", "thread 3"]);
        new NativeCaller(fake).Report(recorder, Threads, 500).ShouldBe(32);
        recorder.Take().Count.ShouldBe(32);
        new NativeCaller(fake).Report(recorder, 1, 1).ShouldBe(1);
    }

    [SkippableTheory]
    [InlineData(10)]
    [InlineData(11)]
    public void Memory_goes_out_and_comes_back_with_its_size_and_stream(int major)
    {
        using var fake = StandIn(major);
        var (slots, call, memory) = (fake.Library.Slots, new NativeCaller(fake), new CountedMemory());
        using var allocator = new TrtGpuAllocator(slots, memory);
        Collecting(() => call.Allocate(allocator, Threads, 100).ShouldBe(0));
        memory.Live.ShouldBe(0);
        memory.Bytes.ShouldBe(100 * 1024 * (1 + 2 + 3 + 4));
        memory.Streams.Keys.Order().ShouldBe([0, 1, 2, 3, 4]);
        using var refusing = new TrtGpuAllocator(slots, new RefusingMemory());
        call.Allocate(refusing, Threads, 100).ShouldBe(Threads * 100, "giving back nothing is no mistake");
        refusing.TakeFailure().ShouldBeOfType<OutOfMemoryException>();
    }

    [SkippableTheory]
    [InlineData(10)]
    [InlineData(11)]
    public void Outputs_and_profilers_get_what_TensorRT_gives_them(int major)
    {
        using var fake = StandIn(major);
        var (slots, call, output) = (fake.Library.Slots, new NativeCaller(fake), new RefusingOutput());
        using var allocator = new TrtOutputAllocator(slots, output);
        call.Output(allocator, 0, 64, 0).ShouldBe(0);
        call.Output(allocator, 0, 64, 0x99).ShouldBe(0);
        allocator.TakeFailure().ShouldBeOfType<OutOfMemoryException>();
        output.Shape.ToArray().ShouldBe([3, 1L << 40]);

        var times = new ConcurrentDictionary<string, float>();
        using var profiler = new TrtProfiler(slots, (layer, milliseconds) => times[layer] = milliseconds);
        Collecting(() => call.Profile(profiler, Threads, 20));
        times.Count.ShouldBe(20);
        times["layer 7"].ShouldBe(1.75f);
        using var failing = new TrtProfiler(slots, (_, _) => throw new FormatException("profile"));
        call.Profile(failing, Threads, 20);
        failing.TakeFailure().ShouldBeOfType<FormatException>();
    }

    /// <summary>TensorRT's name of the class of a callback object.</summary>
    private static string ClassOf(TrtCallback item) => item switch
    {
        TrtInt8Calibrator => "IInt8EntropyCalibrator2",
        _ => $"I{item.GetType().Name[3..]}",
    };

    private static TrtStandIn StandIn(int major) => new(major, SlotData.NewestMinor(major));

    /// <summary>Collects garbage continuously during a call.</summary>
    private static void Collecting(Action call)
    {
        using var done = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!done.IsCancellationRequested) GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        });
        collector.Start();
        call();
        done.Cancel();
        collector.Join(TimeSpan.FromSeconds(10)).ShouldBeTrue();
    }
}
