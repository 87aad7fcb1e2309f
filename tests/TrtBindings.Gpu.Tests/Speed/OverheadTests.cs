using System.Diagnostics;
using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TensorRT.Running;

namespace TrtBindings.Gpu.Tests.Speed;

/// <summary>What a run of a generated class costs above the same calls of a C library, on the same engine.</summary>
public sealed class OverheadTests
{
    private const string Group = "managed overhead";
    private const int WarmUpRuns = 4000;
    private const int TimedRuns = 3000;
    private const int AllocationRuns = 2000;
    private const double MostMicroseconds = 2;

    /// <summary>Two medians of the same thing differ by this much from one round to the next.</summary>
    private const double Noise = 0.3;

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(64)]
    public void A_run_costs_less_than_2_microseconds_more_than_the_calls_themselves(long batch)
    {
        var entry = ReadyEngine.Require("mnist_n1-64_fp32");
        using var plain = new DigitsRun(entry, batch, graphs: false);
        using var graph = new DigitsRun(entry, batch, graphs: true);
        var session = plain.Session;
        using var scope = session.Context.Enter();
        using var context = session.Native.CreateExecutionContext(default);
        using var stream = CudaStream.Create(session.Context);
        using var baseline = new Baseline(context, stream,
            ("input", [batch, 1, 28, 28], plain.InputAddress), ("logits", null, plain.OutputAddress));
        // The same over memory of the caller's, as a lane has it.
        using var sharing = session.Native.CreateExecutionContext(TrtExecutionContextAllocationStrategy.UserManaged);
        using var scratch = session.Context.Allocator.Allocate((nint)session.Native.DeviceMemorySize, stream);
        sharing.SetDeviceMemory(scratch.Address, scratch.ByteLength);
        using var second = new Baseline(sharing, stream,
            ("input", [batch, 1, 28, 28], plain.InputAddress), ("logits", null, plain.OutputAddress));
        for (var i = 0; i < WarmUpRuns; i++)
        {
            plain.Run();
            graph.Run();
            baseline.RunOnce();
            second.RunOnce();
        }

        double[] managed = new double[TimedRuns], recorded = new double[TimedRuns], native = new double[TimedRuns];
        // Each follows the other as often as itself: what ran before shows in the time of a run.
        for (var i = 0; i < TimedRuns; i++)
        {
            if (i % 2 == 0) managed[i] = Time(plain);
            native[i] = baseline.RunOnce() / 1000.0;
            if (i % 2 != 0) managed[i] = Time(plain);
        }

        double[] shared = new double[TimedRuns];
        for (var i = 0; i < TimedRuns; i++) shared[i] = second.RunOnce() / 1000.0;
        for (var i = 0; i < TimedRuns; i++) recorded[i] = Time(graph);

        var (m, n, g) = (Statistics.Median(managed), Statistics.Median(native), Statistics.Median(recorded));
        var what = $"batch {batch}";
        FigureLog.Report(Group, $"{what}: C library, generated class, generated class with a CUDA graph",
            $"{FigureLog.Text(n, "µs")}, {FigureLog.Text(m, "µs")}, {FigureLog.Text(g, "µs")}");
        FigureLog.Report(Group, $"{what}: C library on a context with shared scratch memory",
            FigureLog.Text(Statistics.Median(shared), "µs"));
        Pieces(what, session, context, stream, batch);
        var allocated = Allocated(plain) + Allocated(graph);
        // All three are written down before one fails.
        FigureLog.CheckAll(
            new(Group, $"{what}: bytes allocated in {2 * AllocationRuns} runs", $"{allocated}", "0", allocated == 0),
            new(Group, $"{what}: generated class above the C library", FigureLog.Text(m - n, "µs"), "under 2 µs",
                m - n < MostMicroseconds),
            new(Group, $"{what}: with a CUDA graph, above without", FigureLog.Text(g - m, "µs"),
                $"not slower (noise {Noise} µs)", g - m <= Noise));
    }

    /// <summary>What calls cost that a run makes, one by one.</summary>
    private static void Pieces(string what, TensorRtSession session, TrtContext context, CudaStream stream, long batch)
    {
        TrtName input = new("input"), output = new("logits");
        var shape = new TrtDims(batch, 1, 28, 28);
        var set = Each(() => context.SetInputShape(input, in shape));
        var ask = Each(() => context.GetTensorShape(output));
        var enter = Each(() => session.Context.Enter().Dispose());
        var wait = Each(stream.Synchronize);
        FigureLog.Report(Group, $"{what}: setInputShape, getTensorShape, entering the context, waiting for an idle stream",
            $"{set:F2} µs, {ask:F2} µs, {enter:F2} µs, {wait:F2} µs");
    }

    private static double Each(Action action)
    {
        for (var i = 0; i < WarmUpRuns; i++) action();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < TimedRuns; i++) action();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / TimedRuns;
    }

    private static double Time(DigitsRun run)
    {
        var start = Stopwatch.GetTimestamp();
        run.Run();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static long Allocated(DigitsRun run)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < AllocationRuns; i++) run.Run();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>A generated class with its tensors on the device.</summary>
    private sealed class DigitsRun : IDisposable
    {
        private readonly Digits _model;
        private readonly Digits.Inputs _inputs;
        private readonly Digits.Outputs _outputs;

        public DigitsRun(ManifestEngine entry, long batch, bool graphs)
        {
            _model = Digits.LoadEngine(entry.PlanPath(), ReadyEngine.Options(entry, new() { UseCudaGraphs = graphs }));
            _inputs = _model.AllocateInputs(batch);
            _outputs = _model.AllocateOutputs(batch);
            InputFormula.Fill(_inputs.Tensors[0]);
            OnDevice.Move(_model, _inputs, _outputs);
            Run();
        }

        /// <summary>What runs it: known once it ran.</summary>
        public TensorRtSession Session => (TensorRtSession)((OnnxModel.RunBinding)_outputs.Attachment!).Session;

        public nint InputAddress => _inputs.Tensors[0].DeviceAddress;

        public nint OutputAddress => _outputs.Tensors[0].DeviceAddress;

        public void Run() => _model.Run(_inputs, _outputs);

        public void Dispose()
        {
            _outputs.Dispose();
            _inputs.Dispose();
            _model.Dispose();
        }
    }
}
