using TrtBindings.Backends;

namespace TrtBindings;

/// <summary>Memory, layers and times of a model on a GPU. Thread-safe except for the model's disposal.</summary>
public sealed class ModelGpu
{
    private readonly IGpuSession _session;
    private readonly OnnxModel _model;

    internal ModelGpu(IGpuSession session, OnnxModel model) => (_session, _model) = (session, model);

    /// <summary>Name of the GPU, for example <c>NVIDIA H100 80GB HBM3</c>.</summary>
    public string Name => _session.Context.Device.Name;

    /// <summary>The GPU's UUID, for <see cref="GpuDevice.WithUuid"/>.</summary>
    public string Uuid => _session.Context.Device.Uuid;

    /// <summary>The GPU memory that the model uses now, in bytes.</summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public GpuMemoryUse MemoryUse
    {
        get
        {
            _model.ThrowIfDisposed();
            return _session.MemoryUse();
        }
    }

    /// <summary>Allocates memory of this GPU for a tensor; see <see cref="TensorBuffer.UseDeviceMemory"/>.</summary>
    /// <param name="byteLength">Size in bytes, at least 0. The contents are undefined.</param>
    /// <exception cref="DeviceMemoryException">The GPU has too little free.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public DeviceBuffer Allocate(nint byteLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteLength);
        _model.ThrowIfDisposed();
        return DeviceBuffer.Over(_session.AllocateDevice(byteLength));
    }

    /// <summary>Describes the engine's layers as JSON: fusions, types and formats.</summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public string Inspect()
    {
        _model.ThrowIfDisposed();
        return _session.Inspect();
    }

    /// <summary>
    /// Runs once and measures the time of each layer on the GPU. Slower than <c>Run</c>; the outputs hold the result.
    /// </summary>
    /// <param name="inputs">Inputs of this model.</param>
    /// <param name="outputs">Outputs of this model.</param>
    /// <exception cref="TensorException">The inputs hold more than the outputs were allocated for.</exception>
    /// <exception cref="TensorsInUseException">Another run is using the inputs or the outputs.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public IReadOnlyList<LayerTime> MeasureLayers(ModelInputs inputs, ModelOutputs outputs) =>
        _model.MeasureLayers(_session, inputs, outputs);
}
