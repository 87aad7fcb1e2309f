namespace TrtBindings;

/// <summary>
/// Work on the GPU around a model's run, on the run's own stream: kernels of the application that prepare the input or read the
/// output where they lie. <see cref="ModelGpu.Run"/> runs a model with it. On TensorRT, <see cref="Before"/>, the model and
/// <see cref="After"/> are recorded as one CUDA graph, which later runs of the same shapes and addresses replay. On ONNX
/// Runtime's CUDA provider Before and After are a graph each, around the provider's own run.
/// </summary>
/// <remarks>
/// One object belongs to one pair of inputs and outputs, and to one run at a time; its methods are called on any thread. What is
/// queued in <see cref="Before"/> and <see cref="After"/> holds the addresses and numbers of the recording. What changes from run
/// to run (the address of the next picture) goes through device memory that <see cref="Prepare"/> uploads to. All memory must be
/// there before a run. When a graph is new, one run does its work twice, to compare the results; so what is queued in Before and
/// After must give the same result again.
/// </remarks>
public abstract class GpuWork
{
    private static long _made;
    private int _uses;

    /// <summary>
    /// Number that changes with everything that <see cref="Before"/> and <see cref="After"/> depend on: addresses, sizes,
    /// kernels. A graph of another number is not replayed.
    /// </summary>
    public long Version { get; private set; }

    /// <summary>
    /// Whether each run takes the times of its parts on the GPU, with events that a graph records too. Off by default: it costs a
    /// few microseconds. Set it between runs.
    /// </summary>
    public bool MeasuresTimes { get; set; }

    /// <summary>
    /// Times of the last run that measured them; <see langword="null"/> before the first.
    /// </summary>
    public GpuTimes? LastTimes { get; internal set; }

    /// <summary>
    /// Whether the runs of a model that are in flight at one time take turns on the GPU: the model of one begins when the model
    /// of the run that was queued before has ended. What <see cref="Prepare"/> (uploads) and <see cref="Before"/> queued then
    /// runs beside the other run's model, and <see cref="After"/> beside the next run's. In a recording, Before is a CUDA graph
    /// of its own.
    /// </summary>
    /// <remarks>
    /// <see langword="false"/> by default: runs share the GPU, which is faster where one does not fill it, as with single
    /// pictures. Where one fills it, as with a batch, runs side by side gain nothing, and they fall into step: all copy at the
    /// same time, and then all compute. Asked at the start of each run. A run must then not wait on the GPU for something that
    /// comes only after a later run. Used by TensorRT with <see cref="TensorRtOptions.MaxConcurrentRuns"/> above 1.
    /// </remarks>
    protected internal virtual bool TakesTurns => false;

    /// <summary>Tells this object from all others of the process; part of a graph's key.</summary>
    internal long Id { get; } = Interlocked.Increment(ref _made);

    /// <summary>Queues what is different in each run. Never recorded; called at the start of each run.</summary>
    /// <param name="queue">The run's stream.</param>
    protected internal virtual void Prepare(GpuQueue queue)
    {
    }

    /// <summary>Queues work before the model. Not called when a graph is replayed.</summary>
    /// <param name="queue">The run's stream.</param>
    protected internal virtual void Before(GpuQueue queue)
    {
    }

    /// <summary>Queues work after the model. Not called when a graph is replayed.</summary>
    /// <param name="queue">The run's stream.</param>
    /// <param name="outputs">Shapes of the model's outputs.</param>
    protected internal virtual void After(GpuQueue queue, GpuShapes outputs)
    {
    }

    /// <summary>Queues what follows in each run. Never recorded; called when everything else of the run is queued.</summary>
    /// <param name="queue">The run's stream.</param>
    protected internal virtual void Complete(GpuQueue queue)
    {
    }

    /// <summary>Marks the work as in use by a run.</summary>
    /// <exception cref="TensorsInUseException">Another run is using it.</exception>
    internal void Enter()
    {
        if (Interlocked.Exchange(ref _uses, 1) != 0) throw new TensorsInUseException("GpuWork objects");
    }

    internal void Exit() => Volatile.Write(ref _uses, 0);

    /// <summary>Tells that <see cref="Before"/> and <see cref="After"/> would now queue other work.</summary>
    protected void Changed() => Version++;
}
