using Microsoft.ML.OnnxRuntime;
using TrtBindings.Backends;
using TrtBindings.Interop.Cuda;
using TrtBindings.Tensors;

namespace TrtBindings.OnnxRuntime;

/// <summary>A model that ONNX Runtime has loaded.</summary>
internal sealed class OrtBackendSession : IBackendSession
{
    private readonly OrtSession _session;
    private readonly OrtMemoryInfo? _device;
    private readonly int _deviceIndex;
    private readonly bool _copiesInputs;
    private CudaContext? _context;
    private volatile bool _disposed;

    private OrtBackendSession(OrtSession session, OrtMemoryInfo? device, int deviceIndex, bool isConfigured)
    {
        (_session, _device, _deviceIndex) = (session, device, deviceIndex);
        var recorded = device is not null || isConfigured;
        Providers = recorded ? session.Library.Native.ProvidersOf(session.Native) : ["CPUExecutionProvider"];
        _copiesInputs = device is not null || (isConfigured && HasInputsElsewhere(session.Native));
    }

    /// <summary>Loads a file, or bytes if there is no path. Only a file finds its external data.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">The model, if it is in memory.</param>
    /// <param name="settings">How the session is made.</param>
    /// <param name="cuda">Options of the CUDA provider; <see langword="null"/> for the processor alone.</param>
    /// <param name="deviceIndex">The provider's GPU, in CUDA's order.</param>
    /// <param name="stream">
    /// The stream that the options name, which the session then owns; <see langword="null"/> for streams of the provider.
    /// </param>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime does not run this model.</exception>
    /// <exception cref="NativeLibraryException">The library is missing or unusable.</exception>
    public static OrtBackendSession Load(string? path, ReadOnlyMemory<byte> bytes, OrtSettings settings,
        OrtCUDAProviderOptions? cuda = null, int deviceIndex = 0, OrtStream? stream = null)
    {
        var library = OrtLibrary.Load(settings.LibraryPath, settings.SharedThreads, settings.AllowSpinning);
        using var options = settings.ToSessionOptions(cuda);
        var session = OrtSession.Load(library, path, bytes, options, stream);
        // Without the provider, the memory of the stand-in driver for tests is the processor's.
        var device = cuda is not null ? OrtTensors.DeviceMemory(deviceIndex) : stream is null ? null : library.HostMemory;
        return new(session, device, deviceIndex, settings.Configure is not null);
    }

    public string Version => _session.Library.Version;

    public string LibraryPath => _session.Library.Path;

    public IReadOnlyList<string> Providers { get; }

    public IHostMemory HostMemory => AlignedHostMemory.Shared;

    /// <inheritdoc/>
    /// <remarks>Loads NVIDIA's driver library, so it is asked for only when a program uses device memory.</remarks>
    public CudaContext? DeviceContext =>
        _device is null ? null : _context ??= CudaContext.Of(CudaLibrary.Load().DeviceAt(_deviceIndex));

    public IBackendBinding Bind(IReadOnlyList<TensorBuffer> inputs, IReadOnlyList<TensorBuffer> outputs, int profile = -1)
    {
        // The native session would not tell: it stays open until its last binding is closed.
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new OrtBinding(_session, inputs, outputs, _copiesInputs, _device);
    }

    /// <summary>Unloads the model as soon as the last binding is closed.</summary>
    public void Dispose()
    {
        _disposed = true;
        // The finalizer releases _device: a binding may still need it.
        _session.Dispose();
    }

    /// <summary>True if the session wants an input in memory other than the processor's.</summary>
    private static bool HasInputsElsewhere(InferenceSession session)
    {
        using var places = OrtErrors.Call("SessionGetMemoryInfoForInputs", session.GetMemoryInfosForInputs);
        return places.Any(place => place.GetDeviceType() != OrtMemoryInfoDeviceType.CPU);
    }
}
