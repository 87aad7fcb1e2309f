using TrtBindings.Interop.Cuda;
using TrtBindings.Model;

namespace TrtBindings.Backends.TensorRT;

/// <summary>A ready engine that TensorRT runs on one GPU.</summary>
internal sealed class TensorRtEngine : IGpuEngine
{
    private TensorRtEngine(TensorRtHost host) => Host = host;

    public TensorRtHost Host { get; }

    public string Version => Host.Library.Version.ToString();

    public string LibraryPath => Host.Library.Path;

    public IHostMemory HostMemory => AlignedHostMemory.Shared;

    public CudaContext Context => Host.Context;

    /// <summary>Opens a plan and checks it against the class that was compiled.</summary>
    public static TensorRtEngine Open(TensorRtHost host, EnginePlan plan, string name, IReadOnlyList<TensorDescription> inputs,
        IReadOnlyList<TensorDescription> outputs, EngineSettings settings) => throw new NotSupportedException();

    public IBackendBinding Bind(IReadOnlyList<TensorBuffer> inputs, IReadOnlyList<TensorBuffer> outputs) =>
        throw new NotSupportedException();

    public GpuMemoryUse MemoryUse() => throw new NotSupportedException();

    public string Inspect() => throw new NotSupportedException();

    public IReadOnlyList<LayerTime> ProfileLayers(IBackendBinding binding) => throw new NotSupportedException();

    public DeviceMemory AllocateDevice(nint bytes) => Context.Allocator.Allocate(bytes);

    public void Dispose()
    {
    }
}
