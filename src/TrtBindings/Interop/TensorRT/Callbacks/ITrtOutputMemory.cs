namespace TrtBindings.Interop.TensorRT;

/// <summary>Where an output whose size TensorRT finds only while it runs is put. One per tensor.</summary>
internal interface ITrtOutputMemory
{
    /// <summary>Gives memory for the output, in the order of a stream.</summary>
    /// <param name="current">What was given before; 0 for nothing.</param>
    /// <param name="bytes">How much is needed; may be 0, and the answer must still not be 0.</param>
    /// <param name="alignment">A power of two.</param>
    /// <param name="stream">The CUDA stream; 0 where TensorRT does not say one.</param>
    /// <returns>A device address; 0 makes the run fail.</returns>
    nint Reallocate(nint current, ulong bytes, ulong alignment, nint stream);

    /// <summary>The output's shape, before its values are there.</summary>
    void ShapeFound(in TrtDims shape);
}
