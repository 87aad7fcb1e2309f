using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT.Callbacks;

/// <summary>Memory for one output whose size TensorRT learns only during the run.</summary>
internal interface ITrtOutputMemory
{
    /// <summary>Allocates memory for the output, in stream order.</summary>
    /// <param name="current">The memory of the last call; 0 for none.</param>
    /// <param name="bytes">The size. It may be 0, and the result must still not be 0.</param>
    /// <param name="alignment">A power of two.</param>
    /// <param name="stream">The CUDA stream; 0 if TensorRT does not say which.</param>
    /// <returns>A device address; 0 fails the run.</returns>
    nint Reallocate(nint current, ulong bytes, ulong alignment, nint stream);

    /// <summary>Receives the shape of the output, before the values are there.</summary>
    void ShapeFound(in TrtDims shape);
}
