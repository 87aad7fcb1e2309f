using TrtBindings.Backends;
using TrtBindings.Interop.Cuda;
using TrtBindings.Tensors;

namespace TrtBindings.OnnxRuntime;

/// <summary>
/// A model on ONNX Runtime's CUDA provider whose runs are queued on a stream of ours, so that work can go around them.
/// </summary>
/// <param name="session">The session, made with the stream.</param>
/// <param name="context">The GPU.</param>
internal sealed class OrtGpuSession(OrtBackendSession session, CudaContext context) : IGpuSession
{
    public string Version => session.Version;

    public string LibraryPath => session.LibraryPath;

    public IReadOnlyList<string> Providers => session.Providers;

    public IHostMemory HostMemory => session.HostMemory;

    public CudaContext Context => context;

    public IBackendBinding Bind(IReadOnlyList<TensorBuffer> inputs, IReadOnlyList<TensorBuffer> outputs, int profile = -1) =>
        session.Bind(inputs, outputs);

    public DeviceMemory AllocateDevice(nint bytes) => context.Allocator.Allocate(bytes);

    public GpuMemoryUse MemoryUse() => throw Lacking(
        "does not tell how much memory a model uses", "OnnxRuntimeCudaOptions.MemoryLimit limits it");

    public string Inspect() => throw Lacking(
        "does not describe the layers of a model", "Load the model on TensorRT to inspect it");

    public IReadOnlyList<LayerTime> MeasureLayers(IBackendBinding binding) => throw Lacking(
        "does not tell the time of a layer",
        "Load the model on TensorRT, or profile the session with ModelOptions.ConfigureSession");

    public void Refit(ModelSource source, ModelDescription description, CancellationToken cancellationToken) => throw Lacking(
        "takes no other weights for a loaded model", "Load the other model beside this one, and dispose this one");

    public void Dispose() => session.Dispose();

    private NotSupportedException Lacking(string what, string instead) =>
        new($"ONNX Runtime {Version} (CUDA) {what}. {instead}.");
}
