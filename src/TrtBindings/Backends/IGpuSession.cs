using TrtBindings.Interop.Cuda;

namespace TrtBindings.Backends;

/// <summary>A session on a GPU that can report its memory, layers and times.</summary>
internal interface IGpuSession : IBackendSession
{
    /// <summary>The GPU.</summary>
    CudaContext Context { get; }

    /// <inheritdoc/>
    CudaContext? IBackendSession.DeviceContext => Context;

    /// <summary>The GPU memory that the model uses now.</summary>
    GpuMemoryUse MemoryUse();

    /// <summary>The backend's description of the layers, as JSON.</summary>
    string Inspect();

    /// <summary>
    /// Runs twice and measures each layer in the second run. Blocks until that is done; the outputs hold the second run's result.
    /// </summary>
    IReadOnlyList<LayerTime> ProfileLayers(IBackendBinding binding);

    /// <summary>Allocates memory for tensors that stay on the GPU.</summary>
    /// <exception cref="DeviceMemoryException">The GPU has too little free.</exception>
    DeviceMemory AllocateDevice(nint bytes);
}
