using Microsoft.Extensions.Logging;
using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Discovery;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TensorRT.Host;

/// <summary>
/// One loaded TensorRT on one GPU: libraries, plug-ins, context, and a runtime whose engines take their memory from the
/// GPU's one allocator. Made once for the process and never taken down. Thread-safe.
/// </summary>
internal sealed class TensorRtHost
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<(CudaDevice Device, TrtLibrary Library), TensorRtHost> Hosts = [];
    private static readonly Dictionary<CudaLibrary, (TrtLibrary Library, TrtInstallation Installation)> Loaded = [];

    private readonly Lock _gate = new();
    private readonly HashSet<string> _pluginLibraries = [];
    private ILogger[] _loggers = [];

    private TensorRtHost(CudaContext context, TrtLibrary library, TrtInstallation installation)
    {
        (Context, Library, Installation) = (context, library, installation);
        using var scope = context.Enter();
        PluginProblem = HostLibraries.LoadPlugins(library, installation);
        Runtime = TrtRuntime.Create(library, context);
        Runtime.SetGpuAllocator(new(library.Slots, new HostGpuMemory(context.Allocator)));
        library.Logger.Sink += Log;
    }

    /// <summary>The files.</summary>
    public TrtInstallation Installation { get; }

    /// <summary>The loaded libnvinfer.</summary>
    public TrtLibrary Library { get; }

    /// <summary>The GPU's primary context.</summary>
    public CudaContext Context { get; }

    /// <summary>Opens engines; <see cref="OpenGate"/> is held meanwhile.</summary>
    public TrtRuntime Runtime { get; }

    /// <summary>Held while an engine is opened: settings of the runtime are for one engine at a time.</summary>
    public Lock OpenGate { get; } = new();

    /// <summary>The GPU's name.</summary>
    public string GpuName => Context.Device.Name;

    /// <summary>The GPU's compute capability.</summary>
    public (int Major, int Minor) ComputeCapability => (Context.Device.ComputeMajor, Context.Device.ComputeMinor);

    /// <summary>Whether builder flags choose the precision. If not, the precision is that of the model.</summary>
    public bool HasWeakTyping => TrtReleases.Has(TrtFeature.WeakTyping, Library.Version);

    /// <summary>What is wrong with NVIDIA's plug-ins; <see langword="null"/> for nothing.</summary>
    public string? PluginProblem { get; }

    /// <summary>TensorRT on a GPU: the same object for the same library and GPU.</summary>
    /// <exception cref="NativeLibraryException">
    /// TensorRT or the CUDA driver is missing or unusable, or another TensorRT is loaded already.
    /// </exception>
    /// <exception cref="CudaException">The GPU is not there, or cannot be used.</exception>
    /// <exception cref="TensorRtException">TensorRT does not start, or does not take a library of plug-ins.</exception>
    public static TensorRtHost Open(HostSettings settings)
    {
        var cuda = CudaLibrary.Load(settings.CudaLibraryPath);
        var device = settings.GpuUuid is { } uuid ? cuda.DeviceWithUuid(uuid) : cuda.DeviceAt(settings.GpuIndex);
        lock (Gate)
        {
            var (library, installation) = LibraryOf(cuda, settings.LibraryPath);
            if (!Hosts.TryGetValue((device, library), out var host))
                Hosts[(device, library)] = host = new(CudaContext.Of(device), library, installation);
            foreach (var path in settings.PluginLibraries) host.AddPlugins(Path.GetFullPath(path));
            return host;
        }
    }

    /// <summary>
    /// Whether <see cref="Open"/> would find driver, GPU and library. Loads no TensorRT, which takes a second and memory of the
    /// GPU that whoever runs no engine has no use for.
    /// </summary>
    /// <exception cref="NativeLibraryException">TensorRT or the CUDA driver is missing or unusable.</exception>
    /// <exception cref="CudaException">The GPU is not there, or cannot be used.</exception>
    public static void Find(HostSettings settings)
    {
        var cuda = CudaLibrary.Load(settings.CudaLibraryPath);
        _ = settings.GpuUuid is { } uuid ? cuda.DeviceWithUuid(uuid) : cuda.DeviceAt(settings.GpuIndex);
        lock (Gate)
        {
            if (!Loaded.ContainsKey(cuda)) _ = HostLibraries.Locate(settings.LibraryPath);
        }
    }

    /// <summary>TensorRT's lines go to this logger too, until the result is disposed.</summary>
    public IDisposable AddLogger(ILogger logger)
    {
        lock (_gate) _loggers = [.. _loggers, logger];
        if (TrtReleases.IsNewerThanTables(Library.Version)) HostLog.Newer(logger, Library.Version.ToString(), Library.Path);
        if (PluginProblem is { } problem) HostLog.PluginProblem(logger, problem);
        return new Registration(this, logger);
    }

    /// <summary>One for a driver: two of one major share names and state, and which one a call reaches is then chance.</summary>
    private static (TrtLibrary Library, TrtInstallation Installation) LibraryOf(CudaLibrary cuda, string? requested)
    {
        if (Loaded.TryGetValue(cuda, out var loaded))
        {
            if (requested is null) return loaded;
            var wanted = HostLibraries.Locate(requested).Library;
            if (SameFile(wanted, loaded.Library.Path)) return loaded;
            throw new NativeLibraryException(TrtLibrary.PlainName, $"'{wanted}' cannot be used: this process uses TensorRT "
                + $"{loaded.Library.Version} at '{loaded.Library.Path}', and a second one cannot be loaded beside it. Give all "
                + "models the same TensorRtOptions.LibraryPath, or run this one in a process of its own.", [wanted]);
        }

        var installation = HostLibraries.Locate(requested);
        return Loaded[cuda] = (HostLibraries.Load(installation), installation);
    }

    private static bool SameFile(string left, string right) => left == right || RealPath(left) == RealPath(right);

    private static string RealPath(string path) =>
        new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);

    private void AddPlugins(string path)
    {
        if (_pluginLibraries.Contains(path)) return;
        using var scope = Context.Enter();
        HostLibraries.LoadPluginLibrary(Runtime, path);
        _pluginLibraries.Add(path);
    }

    /// <summary>TensorRT says for itself which level a line has; who logs decides what is kept.</summary>
    private void Log(TrtSeverity severity, string line)
    {
        foreach (var logger in Volatile.Read(ref _loggers))
        {
            if (severity <= TrtSeverity.Error) HostLog.SaidError(logger, line);
            else if (severity == TrtSeverity.Warning) HostLog.SaidWarning(logger, line);
            else HostLog.SaidMore(logger, line);
        }
    }

    private void Remove(ILogger logger)
    {
        lock (_gate)
        {
            var loggers = _loggers.ToList();
            // One entry: two models may share a logger.
            loggers.Remove(logger);
            _loggers = [.. loggers];
        }
    }

    private sealed class Registration(TensorRtHost host, ILogger logger) : IDisposable
    {
        private ILogger? _logger = logger;

        /// <summary>The host lives as long as the process, and must not keep the logger of a model nobody disposed.</summary>
        ~Registration() => Dispose();

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _logger, null) is { } known) host.Remove(known);
            GC.SuppressFinalize(this);
        }
    }
}
