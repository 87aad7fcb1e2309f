using TrtBindings.Interop.TensorRT.Callbacks;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TensorRT.Engines;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// An output whose size depends on data: TensorRT asks for its memory, and says its shape, while the run is queued.
/// </summary>
internal sealed class LateOutput(Lane lane, EngineTensor tensor) : ITrtOutputMemory
{
    private TrtDims _shape;

    /// <summary>Whether the run that is being queued has said the shape.</summary>
    public bool IsFound { get; private set; }

    /// <summary>The shape.</summary>
    /// <exception cref="TensorRtException">The run did not say it.</exception>
    public TrtDims Shape => IsFound && _shape.IsValid ? _shape : throw new TensorRtException(
        "IExecutionContext.enqueueV3", lane.Engine.Version, [], $"did not say the shape of output '{tensor.Name}'.");

    /// <summary>Forgets the shape of the last run.</summary>
    public void Expect() => IsFound = false;

    /// <inheritdoc/>
    public nint Reallocate(nint current, ulong bytes, ulong alignment, nint stream) =>
        lane.Memory.Stage(tensor.Index, checked((nint)bytes));

    /// <inheritdoc/>
    public void ShapeFound(in TrtDims shape) => (_shape, IsFound) = (shape, true);
}
