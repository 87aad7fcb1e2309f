using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TestSupport.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>Objects that TensorRT calls, called through their method tables.</summary>
public sealed unsafe class CallbackTests
{
    private static readonly TrtName Wrong = new("shape is wrong");

    public static TheoryData<int> Majors => new() { 10, 11 };

    [Theory]
    [MemberData(nameof(Majors))]
    public void The_logger_passes_lines_of_many_threads_on_and_keeps_the_errors_of_each(int major)
    {
        var logger = new TrtLogger(Slots(major));
        var lines = new System.Collections.Concurrent.ConcurrentBag<(TrtSeverity, string)>();
        logger.Sink = (severity, text) => lines.Add((severity, text));
        var kept = new IReadOnlyList<string>[4];
        var threads = Enumerable.Range(0, 4).Select(i => new Thread(() =>
        {
            for (var n = 0; n < 100; n++) Log(logger, major, n % 5, $"thread {i} line {n}");
            kept[i] = TrtLogger.TakeErrors();
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join(TimeSpan.FromSeconds(10)).ShouldBeTrue();
        lines.Count.ShouldBe(4 * 60, "internal errors, errors and warnings; no lines below them");
        for (var i = 0; i < 4; i++)
        {
            kept[i].ShouldAllBe(line => line.StartsWith($"thread {i} "));
            kept[i][^1].ShouldBe($"thread {i} line 96");
        }
    }

    [Theory]
    [MemberData(nameof(Majors))]
    public void A_sink_that_throws_costs_its_line_and_nothing_else(int major)
    {
        var logger = new TrtLogger(Slots(major)) { Sink = (_, _) => throw new InvalidOperationException("sink") };
        Log(logger, major, 1, "first");
        Log(logger, major, 1, "second");
        logger.TakeFailure().ShouldBeOfType<InvalidOperationException>();
        TrtLogger.TakeErrors().ShouldBe(["first", "second"]);
    }

    [Theory]
    [MemberData(nameof(Majors))]
    public void Every_object_says_which_class_it_is(int major)
    {
        using var recorder = new TrtErrorRecorder(Slots(major));
        var info = ((delegate* unmanaged[MemberFunction]<nint, TrtInterfaceInfo>)Entry(recorder, major, "IErrorRecorder",
            "getInterfaceInfo"))(recorder.Raw);
        System.Runtime.InteropServices.Marshal.PtrToStringUTF8((nint)info.Kind).ShouldBe("IErrorRecorder");
        (info.Major, info.Minor).ShouldBe((1, 0));
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    [InlineData(11, true)]
    public void Every_class_has_a_function_at_every_entry_in_both_layouts(int major, bool microsoft)
    {
        var slots = new TrtSlotTable(new(major, SlotData.NewestMinor(major)), microsoft);
        List<TrtCallback> objects =
        [
            new TrtLogger(slots), new TrtProfiler(slots, (_, _) => { }), new TrtErrorRecorder(slots),
            new TrtProgressMonitor(slots, new FailingProgress()),
            new TrtGpuAllocator(slots, new RefusingMemory()), new TrtOutputAllocator(slots, new RefusingOutput()),
        ];
        if (TrtReleases.Has(TrtFeature.Int8Calibration, slots.Version))
            objects.Add(new TrtInt8Calibrator(slots, new EmptyCalibration()));
        foreach (var item in objects)
        {
            var type = item is TrtInt8Calibrator ? "IInt8EntropyCalibrator2" : $"I{item.GetType().Name[3..]}";
            var entries = new ReadOnlySpan<nint>(*(void**)item.Raw, slots.EntriesOf(type)).ToArray();
            entries.ShouldAllBe(entry => entry != 0, type);
            entries.Distinct().Count().ShouldBe(entries.Length - (microsoft ? 0 : 1), $"{type}: the destructor alone has two");
        }
    }

    [Fact]
    public void The_recorder_keeps_what_is_reported_until_it_is_taken()
    {
        using var recorder = new TrtErrorRecorder(Slots(10));
        var report = (delegate* unmanaged[MemberFunction]<nint, int, byte*, byte>)Entry(
            recorder, 10, "IErrorRecorder", "reportError");
        var count = (delegate* unmanaged[MemberFunction]<nint, int>)Entry(recorder, 10, "IErrorRecorder", "getNbErrors");
        var add = (delegate* unmanaged[MemberFunction]<nint, int>)Entry(recorder, 10, "IErrorRecorder", "incRefCount");
        report(recorder.Raw, 3, Wrong.Pointer).ShouldBe((byte)1);
        count(recorder.Raw).ShouldBe(1);
        add(recorder.Raw).ShouldBe(1);
        add(recorder.Raw).ShouldBe(2);
        recorder.Take().ShouldBe(["shape is wrong"]);
        count(recorder.Raw).ShouldBe(0);
    }

    [Fact]
    public void A_progress_listener_that_throws_ends_the_build_and_its_exception_is_kept()
    {
        using var monitor = new TrtProgressMonitor(Slots(10), new FailingProgress());
        var start = (delegate* unmanaged[MemberFunction]<nint, byte*, byte*, int, void>)Entry(
            monitor, 10, "IProgressMonitor", "phaseStart");
        var step = (delegate* unmanaged[MemberFunction]<nint, byte*, int, byte>)Entry(
            monitor, 10, "IProgressMonitor", "stepComplete");
        var phase = new TrtName("Building");
        step(monitor.Raw, phase.Pointer, 0).ShouldBe((byte)1);
        start(monitor.Raw, phase.Pointer, null, 4);
        step(monitor.Raw, phase.Pointer, 1).ShouldBe((byte)0, "after a failure the build is ended at its next step");
        monitor.TakeFailure().ShouldBeOfType<NotSupportedException>().Message.ShouldBe("Building, part of nothing, 4 steps");
    }

    [Fact]
    public void Output_memory_that_is_refused_is_no_address_and_the_shape_is_passed_on()
    {
        var output = new RefusingOutput();
        using var allocator = new TrtOutputAllocator(Slots(11), output);
        var reallocate = (delegate* unmanaged[MemberFunction]<nint, nint, nint, ulong, ulong, nint, nint>)Entry(
            allocator, 11, "IOutputAllocator", "reallocateOutputAsync");
        var notify = (delegate* unmanaged[MemberFunction]<nint, nint, TrtDims*, void>)Entry(
            allocator, 11, "IOutputAllocator", "notifyShape");
        reallocate(allocator.Raw, 0, 0, 64, 256, 0).ShouldBe(0);
        allocator.TakeFailure().ShouldBeOfType<OutOfMemoryException>();
        var shape = new TrtDims(0, 4);
        notify(allocator.Raw, 0, &shape);
        output.Shape.ToArray().ShouldBe([0, 4]);
    }

    [Fact]
    public void The_calibrator_is_no_class_of_11() =>
        Should.Throw<TensorRtException>(() => new TrtInt8Calibrator(Slots(11), null!))
            .Message.ShouldContain("not in this version");

    private static TrtSlotTable Slots(int major) => new(new(major, 0));

    private static void* Entry(TrtCallback callback, int major, string type, string method) =>
        (*(void***)callback.Raw)[Slots(major).SlotOf(type, method)];

    private static void Log(TrtLogger logger, int major, int severity, string text)
    {
        var name = new TrtName(text);
        ((delegate* unmanaged[MemberFunction]<nint, int, byte*, void>)Entry(logger, major, "ILogger", "log"))(
            logger.Raw, severity, name.Pointer);
        GC.KeepAlive(name);
    }
}
