using TrtBindings.Interop.Cuda;

namespace TrtBindings.Backends;

/// <summary>
/// A session on a GPU whose runs can have work around them. What it cannot report is a <see cref="NotSupportedException"/> that
/// names the backend.
/// </summary>
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
    IReadOnlyList<LayerTime> MeasureLayers(IBackendBinding binding);

    /// <summary>Allocates memory for tensors that stay on the GPU.</summary>
    /// <exception cref="DeviceMemoryException">The GPU has too little free.</exception>
    DeviceMemory AllocateDevice(nint bytes);

    /// <summary>Replaces the weights. Runs in flight finish first, and new runs wait.</summary>
    /// <param name="source">A model with the same graph and other weights.</param>
    /// <param name="description">Its description, checked against the signature.</param>
    /// <param name="cancellationToken">Ends the wait for runs in flight.</param>
    /// <exception cref="ModelOptionException">The engine was not built refittable.</exception>
    /// <exception cref="TensorRtException">TensorRT refuses the weights.</exception>
    void Refit(ModelSource source, ModelDescription description, CancellationToken cancellationToken);
}
