using System.Diagnostics.CodeAnalysis;

namespace TrtBindings.Interop.Cuda;

/// <summary>
/// The loaded and initialized CUDA driver: one for each file in a process, never unloaded, because threads and finalizers
/// of others may be inside it at any time.
/// </summary>
internal sealed class CudaLibrary
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, CudaLibrary> Loaded = [];

    private readonly Lock _contextGate = new();
    private readonly CudaContext?[] _contexts;

    private CudaLibrary(CudaApiTable api, int version, string path)
    {
        Api = api;
        Version = CudaLibraryLoader.Text(version);
        DriverVersion = version;
        Path = path;
        Devices = CudaDeviceReader.ReadAll(this);
        _contexts = new CudaContext?[Devices.Count];
    }

    /// <summary>The functions.</summary>
    public CudaApiTable Api { get; }

    /// <summary>The CUDA version that the driver serves, 12.4 for instance.</summary>
    public string Version { get; }

    /// <summary>The same as a number, 12040 for 12.4.</summary>
    public int DriverVersion { get; }

    /// <summary>The file, or the plain name that the system's loader found.</summary>
    public string Path { get; }

    /// <summary>The GPUs that this process may use, by index; at least one.</summary>
    public IReadOnlyList<CudaDevice> Devices { get; }

    /// <summary>The driver, loaded and initialized once.</summary>
    /// <param name="path">The file; <see langword="null"/> for the one that the environment names, or the system's.</param>
    /// <exception cref="NativeLibraryException">There is none, or it is too old.</exception>
    /// <exception cref="CudaException">It does not work here, without a GPU for instance.</exception>
    public static CudaLibrary Load(string? path = null)
    {
        var key = CudaLibraryLoader.Candidates(path)[0];
        lock (Gate)
        {
            if (Loaded.TryGetValue(key, out var library)) return library;
            var (module, found) = CudaLibraryLoader.Open(path);
            var (api, version) = CudaLibraryLoader.ReadApi(module, found);
            Initialize(api);
            return Loaded[key] = new(api, version, found);
        }
    }

    /// <summary>The same without an exception where CUDA cannot be used.</summary>
    /// <param name="library">The driver.</param>
    /// <param name="reason">Why there is none; empty if there is.</param>
    /// <param name="path">The file; <see langword="null"/> for the one that the environment names, or the system's.</param>
    public static bool TryLoad([NotNullWhen(true)] out CudaLibrary? library, out string reason, string? path = null)
    {
        try
        {
            (library, reason) = (Load(path), "");
            return true;
        }
        catch (TrtBindingsException e) when (e is NativeLibraryException or CudaException)
        {
            (library, reason) = (null, e.Message);
            return false;
        }
    }

    /// <summary>The GPU with an index.</summary>
    /// <exception cref="CudaException">There is none; the message lists those that are there.</exception>
    public CudaDevice DeviceAt(int index) =>
        index >= 0 && index < Devices.Count ? Devices[index] : throw NoDevice($"There is no GPU with index {index}");

    /// <summary>The GPU with an identity as <c>nvidia-smi -L</c> prints it; the leading <c>GPU-</c> may be left out.</summary>
    /// <exception cref="CudaException">There is none; the message lists those that are there.</exception>
    public CudaDevice DeviceWithUuid(string uuid)
    {
        var full = uuid.StartsWith("GPU-", StringComparison.OrdinalIgnoreCase) ? uuid : "GPU-" + uuid;
        return Devices.FirstOrDefault(device => device.Uuid.Equals(full, StringComparison.OrdinalIgnoreCase))
            ?? throw NoDevice($"There is no GPU with the UUID '{uuid}'");
    }

    /// <summary>The device's primary context, retained on first use.</summary>
    public CudaContext ContextOf(CudaDevice device)
    {
        lock (_contextGate) return _contexts[device.Index] ??= CudaContext.Retain(device);
    }

    private static unsafe void Initialize(CudaApiTable api)
    {
        var result = api.Init(0);
        if (result == CudaResult.Success) return;
        var fix = result == CudaResult.NoDevice
            ? "The driver is there and finds no GPU that this process may use (CUDA_VISIBLE_DEVICES hides them, say)."
            : "Run nvidia-smi on this machine: it says what is wrong with the driver.";
        throw CudaStatus.ToException(api, result, "cuInit", fix);
    }

    private CudaException NoDevice(string what) => CudaStatus.ToException(Api, CudaResult.InvalidDevice, "cuDeviceGet",
        $"{what}. This process may use {string.Join("; ", Devices.Select(device => $"{device} ({device.Uuid})"))}.");
}
