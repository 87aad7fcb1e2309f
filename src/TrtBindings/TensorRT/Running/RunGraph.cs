using TrtBindings.Interop.Cuda;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// Runs of one profile with the same shapes and addresses: how many there were, and the recording of one. A recording has an
/// execution context of its own, because TensorRT may change what a recording uses when its context takes other shapes.
/// </summary>
internal sealed class RunGraph(Lane lane, long[] key)
{
    /// <summary>Shapes and addresses.</summary>
    public long[] Key { get; } = key;

    /// <summary>Runs so far.</summary>
    public int Runs { get; set; }

    /// <summary>When it was used last, by the count of the lane's runs.</summary>
    public long LastUse { get; set; }

    /// <summary>The context of the recording; <see langword="null"/> before there is one.</summary>
    public LaneContext? Context { get; set; }

    /// <summary>The recording; <see langword="null"/> before there is one.</summary>
    public CudaGraphExec? Recording { get; set; }

    /// <summary>The shapes that the outputs have.</summary>
    public nint[][] Outputs { get; set; } = [];

    /// <summary>Frees the recording and its context.</summary>
    public void Free()
    {
        Recording?.Dispose();
        if (Context is { } context) lane.Drop(context);
        (Recording, Context) = (null, null);
    }
}
