using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// An output whose size depends on data. TensorRT asks for its memory and reports its shape while the run is queued.
/// </summary>
internal sealed class DataDependentOutput(Lane lane, EngineTensor tensor) : ITrtOutputMemory
{
    private TrtDims _shape;

    /// <summary>TensorRT has reported the shape of the current run.</summary>
    public bool IsFound { get; private set; }

    /// <summary>The shape of the current run.</summary>
    /// <exception cref="TensorRtException">TensorRT did not report it.</exception>
    public TrtDims Shape => IsFound && _shape.IsValid ? _shape : throw new TensorRtException(
        "IExecutionContext.enqueueV3", lane.Session.Version, [], $"did not say the shape of output '{tensor.Name}'.");

    /// <summary>Forgets the shape of the last run.</summary>
    public void Expect() => IsFound = false;

    /// <inheritdoc/>
    public nint Reallocate(nint current, ulong bytes, ulong alignment, nint stream) =>
        lane.Memory.Stage(tensor.Index, checked((nint)bytes));

    /// <inheritdoc/>
    public void ShapeFound(in TrtDims shape) => (_shape, IsFound) = (shape, true);
}
