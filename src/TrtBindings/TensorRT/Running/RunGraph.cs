using TrtBindings.Interop.Cuda;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// Runs with the same profile, shapes and addresses: their number, and the CUDA graph captured from one of them. A graph has
/// its own execution context, because TensorRT may change what a graph uses when the context gets other shapes.
/// </summary>
internal sealed class RunGraph(Lane lane, long[] key)
{
    /// <summary>Shapes and addresses.</summary>
    public long[] Key { get; } = key;

    /// <summary>Number of runs so far, since the last capture that failed.</summary>
    public int Runs { get; set; }

    /// <summary>Number of the lane's run that used it last.</summary>
    public long LastUse { get; set; }

    /// <summary>What has become of it.</summary>
    public GraphStage Stage { get; set; }

    /// <summary>Number of captures so far.</summary>
    public int Captures { get; set; }

    /// <summary>The graph's execution context; <see langword="null"/> before the capture.</summary>
    public LaneContext? Context { get; set; }

    /// <summary>The graph; <see langword="null"/> before the capture.</summary>
    public CudaGraphExec? Executable { get; set; }

    /// <summary>
    /// The graph of the work before the model, if that does not wait for the run's turn and <see cref="Executable"/> lacks it.
    /// </summary>
    public CudaGraphExec? Ahead { get; set; }

    /// <summary>The times of the graph's first runs; <see langword="null"/> before the capture and after the trial.</summary>
    public GraphTrial? Trial { get; set; }

    /// <summary>The shapes of the outputs.</summary>
    public nint[][] Outputs { get; set; } = [];

    /// <summary>Destroys the graph and its context.</summary>
    /// <param name="stage">What becomes of the runs.</param>
    public void Free(GraphStage stage = GraphStage.Counted)
    {
        Executable?.Dispose();
        Ahead?.Dispose();
        Trial?.Dispose();
        if (Context is { } context) lane.Drop(context);
        (Executable, Ahead, Trial, Context, Stage) = (null, null, null, null, stage);
    }
}

/// <summary>What has become of runs with the same shapes and addresses.</summary>
internal enum GraphStage
{
    /// <summary>Their number is counted.</summary>
    Counted,

    /// <summary>A graph was captured, whose result is not yet compared.</summary>
    Unchecked,

    /// <summary>The graph's result is right, and its time is taken.</summary>
    OnTrial,

    /// <summary>The graph is replayed.</summary>
    Chosen,

    /// <summary>They run without a graph.</summary>
    Refused,
}
