namespace TrtBindings.Interop.TensorRT.Callbacks;

/// <summary>Device memory for TensorRT. It is called from any thread.</summary>
internal interface ITrtGpuMemory
{
    /// <summary>Allocates device memory.</summary>
    /// <param name="bytes">The size.</param>
    /// <param name="alignment">A power of two; 0 for any.</param>
    /// <param name="stream">The CUDA stream that will use it; 0 if all streams may use it at once.</param>
    /// <returns>A device address; 0 if there is no memory.</returns>
    nint Allocate(ulong bytes, ulong alignment, nint stream);

    /// <summary>Frees device memory.</summary>
    /// <param name="address">A result of <see cref="Allocate"/>.</param>
    /// <param name="stream">The CUDA stream after whose work the memory is free; 0 if it is free now.</param>
    /// <returns>Whether the address was one that <see cref="Allocate"/> returned.</returns>
    bool Free(nint address, nint stream);
}
