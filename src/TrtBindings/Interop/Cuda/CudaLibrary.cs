namespace TrtBindings.Interop.Cuda;

/// <summary>
/// The loaded and <see href="https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__INITIALIZE.html">initialized</see> CUDA
/// driver. There is one per file and process. It is never unloaded, because other threads and finalizers can be inside it at
/// any time.
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

    /// <summary>The CUDA version that the driver supports, such as 12.4.</summary>
    public string Version { get; }

    /// <summary>The same version as a number: 12040 for 12.4.</summary>
    public int DriverVersion { get; }

    /// <summary>The library file, or its name if the loader of the system found it.</summary>
    public string Path { get; }

    /// <summary>The GPUs that this process can use, by index. At least one.</summary>
    public IReadOnlyList<CudaDevice> Devices { get; }

    /// <summary>Loads and initializes the driver. Later calls return the same object.</summary>
    /// <param name="path">
    /// The library file; <see langword="null"/> for the one that the environment variable names, or the system's.
    /// </param>
    /// <exception cref="NativeLibraryException">The driver is missing or too old.</exception>
    /// <exception cref="CudaException">The driver cannot be initialized, for example because there is no GPU.</exception>
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

    /// <summary>The GPU with a device number.</summary>
    /// <exception cref="CudaException">There is no such GPU. The message lists the GPUs that exist.</exception>
    public CudaDevice DeviceAt(int index) =>
        index >= 0 && index < Devices.Count ? Devices[index] : throw NoDevice($"There is no GPU with index {index}");

    /// <summary>The GPU with a UUID, as <c>nvidia-smi -L</c> prints it. The leading <c>GPU-</c> is optional.</summary>
    /// <exception cref="CudaException">There is no such GPU. The message lists the GPUs that exist.</exception>
    public CudaDevice DeviceWithUuid(string uuid)
    {
        var full = uuid.StartsWith("GPU-", StringComparison.OrdinalIgnoreCase) ? uuid : "GPU-" + uuid;
        return Devices.FirstOrDefault(device => device.Uuid.Equals(full, StringComparison.OrdinalIgnoreCase))
            ?? throw NoDevice($"There is no GPU with the UUID '{uuid}'");
    }

    /// <summary>The primary context of a device, retained on first use.</summary>
    public CudaContext ContextOf(CudaDevice device)
    {
        lock (_contextGate) return _contexts[device.Index] ??= CudaContext.Retain(device);
    }

    private static unsafe void Initialize(CudaApiTable api)
    {
        var result = api.Init(0);
        if (result == CudaResult.Success) return;
        var fix = result == CudaResult.NoDevice
            ? "The driver is installed, but this process can use no GPU. Check whether CUDA_VISIBLE_DEVICES hides them."
            : "Run nvidia-smi on this machine: it reports what is wrong with the driver.";
        throw CudaStatus.ToException(api, result, "cuInit", fix);
    }

    private CudaException NoDevice(string what) => CudaStatus.ToException(Api, CudaResult.InvalidDevice, "cuDeviceGet",
        $"{what}. This process can use {string.Join("; ", Devices.Select(device => $"{device} ({device.Uuid})"))}.");
}
