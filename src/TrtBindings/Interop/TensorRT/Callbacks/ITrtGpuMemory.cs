namespace TrtBindings.Interop.TensorRT;

/// <summary>Device memory for TensorRT's own use; called from any thread.</summary>
internal interface ITrtGpuMemory
{
    /// <summary>Gives memory; 0 where there is none.</summary>
    /// <param name="bytes">How much.</param>
    /// <param name="alignment">A power of two; 0 for any.</param>
    /// <param name="stream">The CUDA stream that it is used on; 0 where it must be good for all of them at once.</param>
    nint Allocate(ulong bytes, ulong alignment, nint stream);

    /// <summary>Takes memory back; 0 is nothing to do.</summary>
    /// <param name="address">What <see cref="Allocate"/> gave.</param>
    /// <param name="stream">The CUDA stream after whose work it is free; 0 where it is free now.</param>
    /// <returns>Whether the address was one of these.</returns>
    bool Free(nint address, nint stream);
}
