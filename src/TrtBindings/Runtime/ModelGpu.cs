using TrtBindings.Backends;
using TrtBindings.Gpu;
using TrtBindings.TensorRT.Cache;

namespace TrtBindings;

/// <summary>
/// A model on a GPU: its memory, layers and times, and runs with work around them. Thread-safe except for the model's disposal.
/// </summary>
public sealed class ModelGpu
{
    private readonly IGpuSession _session;
    private readonly OnnxModel _model;
    private readonly IKernelCache _kernels;

    internal ModelGpu(IGpuSession session, OnnxModel model, ModelOptions options)
    {
        (_session, _model) = (session, model);
        _kernels = new KernelCache(options.TensorRT.CacheFolder, options.TensorRT.CacheSizeLimit, options.Logger);
    }

    /// <summary>Name of the GPU, for example <c>NVIDIA H100 80GB HBM3</c>.</summary>
    public string Name => _session.Context.Device.Name;

    /// <summary>The GPU's UUID, for <see cref="GpuDevice.WithUuid"/>.</summary>
    public string Uuid => _session.Context.Device.Uuid;

    /// <summary>The GPU memory that the model uses now, in bytes.</summary>
    /// <exception cref="NotSupportedException">ONNX Runtime's CUDA provider runs the model, which does not tell.</exception>
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

    /// <summary>Wraps memory of this GPU, as <see cref="DeviceBuffer.Wrap(nint, nint, GpuDevice)"/>.</summary>
    /// <param name="address">The <c>CUdeviceptr</c> of the first byte.</param>
    /// <param name="byteLength">Size in bytes, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The address is 0, or the size is negative.</exception>
    /// <exception cref="ArgumentException">CUDA does not know the address, or it belongs to another GPU.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public DeviceBuffer Wrap(nint address, nint byteLength)
    {
        _model.ThrowIfDisposed();
        return DeviceBuffer.Wrap(address, byteLength, _session.Context);
    }

    /// <summary>Wraps a stream of the application on this GPU, as <see cref="GpuQueue.Wrap(nint, GpuDevice)"/>.</summary>
    /// <param name="stream">The <c>CUstream</c> or <c>cudaStream_t</c>; not a default stream.</param>
    /// <exception cref="CudaException">The stream is not one of this GPU.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public GpuQueue WrapStream(nint stream)
    {
        _model.ThrowIfDisposed();
        return GpuQueue.Wrap(_session.Context, stream);
    }

    /// <summary>Allocates pinned host memory for this GPU.</summary>
    /// <param name="byteLength">Size in bytes, at least 0. The contents are undefined.</param>
    /// <exception cref="DeviceMemoryException">The system cannot pin that much.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public PinnedBuffer AllocatePinned(nint byteLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteLength);
        _model.ThrowIfDisposed();
        return PinnedBuffer.Allocate(_session.Context, byteLength);
    }

    /// <summary>
    /// Whether memory is pinned, by this library (<see cref="PinnedBuffer"/>) or any other of the process: then the GPU copies
    /// from it while the processor does other work.
    /// </summary>
    /// <param name="memory">The memory; not pinned if it is empty.</param>
    /// <exception cref="DeviceLostException">The GPU is lost.</exception>
    public unsafe bool IsPinned(ReadOnlySpan<byte> memory)
    {
        if (memory.IsEmpty) return false;
        fixed (byte* first = memory)
            return _session.Context.IsPinned((nint)first) && _session.Context.IsPinned((nint)(first + memory.Length - 1));
    }

    /// <summary>Whether an address is memory of this GPU that CUDA knows.</summary>
    /// <param name="address">The <c>CUdeviceptr</c>.</param>
    /// <exception cref="DeviceLostException">The GPU is lost.</exception>
    public bool Owns(nint address) => _session.Context.OwnerOf(address) == _session.Context.Device.Index;

    /// <summary>Whether a range is memory of this GPU that CUDA knows, all of it in one allocation.</summary>
    /// <param name="address">The <c>CUdeviceptr</c> of the first byte.</param>
    /// <param name="byteLength">Size in bytes, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    /// <exception cref="DeviceLostException">The GPU is lost.</exception>
    public bool Owns(nint address, nint byteLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(byteLength, 1);
        return _session.Context.Owns(address, byteLength);
    }

    /// <summary>
    /// Loads kernels on this GPU. PTX is compiled the first time, and what comes of it is kept in the engine cache
    /// (<see cref="TensorRtOptions.CacheFolder"/>) for this driver and GPU. Without a cache that can be written, it is compiled
    /// each time.
    /// </summary>
    /// <param name="image">PTX as text, or a cubin, which is loaded as it is.</param>
    /// <exception cref="KernelLoadException">
    /// The driver does not take it: it is too old for the PTX, or the cubin is for another GPU. The message says what to do.
    /// </exception>
    /// <exception cref="CudaException">The GPU failed or has too little memory.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public GpuModule LoadModule(ReadOnlySpan<byte> image)
    {
        _model.ThrowIfDisposed();
        return GpuModule.Load(_session.Context, image, _kernels);
    }

    /// <summary>Makes an event of this GPU.</summary>
    /// <param name="timed">Whether it holds the time at which it was reached.</param>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public GpuEvent CreateEvent(bool timed = false)
    {
        _model.ThrowIfDisposed();
        return GpuEvent.Create(_session.Context, timed);
    }

    /// <summary>Wraps an event of the application on this GPU, which must keep it until the result is disposed.</summary>
    /// <param name="handle">The <c>CUevent</c> or <c>cudaEvent_t</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The handle is 0.</exception>
    /// <exception cref="CudaException">It is no event of this GPU.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public GpuEvent WrapEvent(nint handle)
    {
        ArgumentOutOfRangeException.ThrowIfZero(handle);
        _model.ThrowIfDisposed();
        return GpuEvent.Wrap(_session.Context, handle);
    }

    /// <summary>Runs once, with work of the application on the GPU around the model. Otherwise as <c>Run</c>.</summary>
    /// <param name="inputs">Inputs of this model.</param>
    /// <param name="outputs">Outputs of this model.</param>
    /// <param name="work">The work, which belongs to these inputs and outputs.</param>
    /// <param name="cancellationToken">Ends the wait for a free execution context.</param>
    public void Run(
        ModelInputs inputs, ModelOutputs outputs, GpuWork work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        _model.Run(inputs, outputs, work, cancellationToken);
    }

    /// <summary>The same without a thread that waits while the GPU runs the model.</summary>
    /// <param name="inputs">Inputs of this model.</param>
    /// <param name="outputs">Outputs of this model.</param>
    /// <param name="work">The work, which belongs to these inputs and outputs.</param>
    /// <param name="cancellationToken">Ends the wait for a free execution context.</param>
    public Task RunAsync(
        ModelInputs inputs, ModelOutputs outputs, GpuWork work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return _model.RunAsync(inputs, outputs, work, cancellationToken);
    }

    /// <summary>Describes the engine's layers as JSON: fusions, types and formats.</summary>
    /// <exception cref="NotSupportedException">ONNX Runtime's CUDA provider runs the model, which does not tell.</exception>
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
    /// <exception cref="NotSupportedException">ONNX Runtime's CUDA provider runs the model, which does not tell.</exception>
    /// <exception cref="TensorException">The inputs hold more than the outputs were allocated for.</exception>
    /// <exception cref="TensorsInUseException">Another run is using the inputs or the outputs.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public IReadOnlyList<LayerTime> MeasureLayers(ModelInputs inputs, ModelOutputs outputs) =>
        _model.MeasureLayers(_session, inputs, outputs);
}
