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

    /// <summary>Number of runs so far.</summary>
    public int Runs { get; set; }

    /// <summary>Number of the lane's run that used it last.</summary>
    public long LastUse { get; set; }

    /// <summary>The graph's execution context; <see langword="null"/> before the capture.</summary>
    public LaneContext? Context { get; set; }

    /// <summary>The graph; <see langword="null"/> before the capture.</summary>
    public CudaGraphExec? Executable { get; set; }

    /// <summary>The shapes of the outputs.</summary>
    public nint[][] Outputs { get; set; } = [];

    /// <summary>Destroys the graph and its context.</summary>
    public void Free()
    {
        Executable?.Dispose();
        if (Context is { } context) lane.Drop(context);
        (Executable, Context) = (null, null);
    }
}
