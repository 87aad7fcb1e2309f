namespace TrtBindings.Tensors;

/// <summary>Where the host memory of tensors comes from: a backend may have a kind that it copies from faster.</summary>
internal interface IHostMemory
{
    /// <summary>Zeroed memory of the library's own, aligned for every backend.</summary>
    /// <param name="tensor">The tensor, for messages.</param>
    /// <param name="byteLength">At least 0; memory of 0 bytes has an address too.</param>
    /// <exception cref="TensorException">The system has not that much memory.</exception>
    HostBuffer Allocate(string tensor, nint byteLength);
}
