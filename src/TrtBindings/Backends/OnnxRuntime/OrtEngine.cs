using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.OnnxRuntime;
using TrtBindings.Tensors;

namespace TrtBindings.Backends.OnnxRuntime;

/// <summary>A model that ONNX Runtime has loaded.</summary>
internal sealed class OrtEngine : IBackendSession
{
    private readonly OrtSession _session;
    private readonly OrtMemoryInfo? _device;
    private readonly int _deviceIndex;
    private CudaContext? _context;
    private volatile bool _disposed;

    private OrtEngine(OrtSession session, OrtMemoryInfo? device, int deviceIndex) =>
        (_session, _device, _deviceIndex) = (session, device, deviceIndex);

    /// <summary>Loads a file, or bytes if there is no path. Only a file finds its external data.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">The model, if it is in memory.</param>
    /// <param name="settings">What the session is made with.</param>
    /// <param name="cuda">Options of the CUDA provider; <see langword="null"/> for the processor alone.</param>
    /// <param name="deviceIndex">The provider's GPU, in CUDA's order.</param>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime will not run this model.</exception>
    /// <exception cref="NativeLibraryException">The library is missing or unusable.</exception>
    public static OrtEngine Load(
        string? path, ReadOnlyMemory<byte> bytes, OrtSettings settings, OrtCudaOptions? cuda = null, int deviceIndex = 0)
    {
        var library = OrtLibrary.Load(settings.LibraryPath);
        using var options = new OrtSessionOptions(library);
        options.SetGraphOptimization(settings.GraphOptimizationLevel);
        if (settings.IntraOpThreads > 0) options.SetIntraOpThreads(settings.IntraOpThreads);
        if (settings.InterOpThreads > 1) options.SetInterOpThreads(settings.InterOpThreads);
        if (cuda is not null) options.AppendCuda(cuda);
        var session = path is null
            ? OrtSession.FromMemory(library, bytes.Span, options)
            : OrtSession.FromFile(library, path, options);
        return new(session, cuda is null ? null : new(library, deviceIndex), deviceIndex);
    }

    public string Version => _session.Library.Version;

    public string LibraryPath => _session.Library.Path;

    public IHostMemory HostMemory => AlignedHostMemory.Shared;

    /// <inheritdoc/>
    /// <remarks>Asked for tensors in device memory only: a program without any loads no driver for this.</remarks>
    public CudaContext? DeviceContext =>
        _device is null ? null : _context ??= CudaContext.Of(CudaLibrary.Load().DeviceAt(_deviceIndex));

    public IBackendBinding Bind(IReadOnlyList<TensorBuffer> inputs, IReadOnlyList<TensorBuffer> outputs)
    {
        // The session itself would not say: a binding that is still there keeps it open.
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new OrtBinding(_session, inputs, outputs, copiesInputs: _device is not null, _device);
    }

    /// <summary>Unloads the model as soon as the last binding is gone.</summary>
    public void Dispose()
    {
        _disposed = true;
        // The description of the device's memory is left to its finalizer: a binding may still need it.
        _session.Dispose();
    }
}
