using TrtBindings.Interop.Cuda;

namespace TrtBindings.Backends;

/// <summary>A model that a backend runs on a GPU, and what can be asked of it there.</summary>
internal interface IGpuEngine : IBackendEngine
{
    /// <summary>The GPU.</summary>
    CudaContext Context { get; }

    /// <summary>What the model takes of the GPU's memory now.</summary>
    GpuMemoryUse MemoryUse();

    /// <summary>What the backend says of the engine's layers, as JSON.</summary>
    string Inspect();

    /// <summary>Runs once and takes the time of each layer. The outputs hold the result of that run.</summary>
    IReadOnlyList<LayerTime> ProfileLayers(IBackendBinding binding);

    /// <summary>Memory for tensors that stay on the GPU.</summary>
    /// <exception cref="DeviceMemoryException">The GPU has too little free.</exception>
    DeviceMemory AllocateDevice(nint bytes);
}
