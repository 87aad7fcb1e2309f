using System.Diagnostics;

namespace TrtBindings.Cli.Benchmarking;

/// <summary>A thread's inputs and outputs, and its runs.</summary>
internal sealed class BenchWorker : IDisposable
{
    private readonly UntypedOnnxModel _model;

    public BenchWorker(UntypedOnnxModel model, UntypedInputs inputs)
    {
        (_model, Inputs) = (model, inputs);
        Outputs = model.AllocateOutputs(inputs);
    }

    /// <summary>The inputs, filled.</summary>
    public UntypedInputs Inputs { get; }

    /// <summary>The outputs.</summary>
    public UntypedOutputs Outputs { get; }

    /// <summary>Latencies of the measured runs.</summary>
    public Latencies Latencies { get; } = new();

    /// <summary>Bytes that the runtime allocated in the measured runs of this thread.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>Runs until the model is warm.</summary>
    public void WarmUp(TimeSpan least, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        for (var run = 0; run < BenchSettings.FewestWarmUps || Stopwatch.GetElapsedTime(start) < least; run++)
            _model.Run(Inputs, Outputs, cancellation);
    }

    /// <summary>Runs one after the other, until the time is over.</summary>
    public void RunClosed(TimeSpan duration, CancellationToken cancellation)
    {
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var last = Stopwatch.GetTimestamp();
        while (Latencies.HasRoom && (Latencies.Count < BenchSettings.FewestRuns || last < end))
        {
            _model.Run(Inputs, Outputs, cancellation);
            var now = Stopwatch.GetTimestamp();
            Latencies.Add(now - last);
            last = now;
        }

        AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
    }

    /// <summary>Takes the next run that is due, waits until it is, and counts its latency from then.</summary>
    public void RunOpen(OpenSchedule schedule, CancellationToken cancellation)
    {
        // Made now, so that it does not count as what a run allocates.
        _ = cancellation.WaitHandle;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        while (Latencies.HasRoom && schedule.TryTake(out var due))
        {
            OpenSchedule.WaitUntil(due, cancellation);
            schedule.NoteStart(due);
            _model.Run(Inputs, Outputs, cancellation);
            Latencies.Add(Stopwatch.GetTimestamp() - due);
        }

        AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
    }

    public void Dispose()
    {
        Outputs.Dispose();
        Inputs.Dispose();
    }
}
