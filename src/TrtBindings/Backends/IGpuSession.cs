using TrtBindings.Interop.Cuda;

namespace TrtBindings.Backends;

/// <summary>A model that a backend runs on a GPU, and what can be asked of it there.</summary>
internal interface IGpuSession : IBackendSession
{
    /// <summary>The GPU.</summary>
    CudaContext Context { get; }

    /// <inheritdoc/>
    CudaContext? IBackendSession.DeviceContext => Context;

    /// <summary>What the model takes of the GPU's memory now.</summary>
    GpuMemoryUse MemoryUse();

    /// <summary>What the backend says of the engine's layers, as JSON.</summary>
    string Inspect();

    /// <summary>
    /// Runs twice and takes the time of each layer in the second run, whose result the outputs hold. Waits meanwhile.
    /// </summary>
    IReadOnlyList<LayerTime> ProfileLayers(IBackendBinding binding);

    /// <summary>Memory for tensors that stay on the GPU.</summary>
    /// <exception cref="DeviceMemoryException">The GPU has too little free.</exception>
    DeviceMemory AllocateDevice(nint bytes);
}
