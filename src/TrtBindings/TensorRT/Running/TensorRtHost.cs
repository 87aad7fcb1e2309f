using Microsoft.Extensions.Logging;
using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.Interop.TensorRT.Discovery;
using TrtBindings.Tensors;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// One loaded TensorRT on one GPU: libraries, plug-ins, CUDA context, and a runtime whose engines allocate from the GPU's
/// allocator. Created once per process and never disposed. Thread-safe.
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

    /// <summary>The files of this TensorRT.</summary>
    public TrtInstallation Installation { get; }

    /// <summary>The loaded libnvinfer.</summary>
    public TrtLibrary Library { get; }

    /// <summary>The GPU's primary context.</summary>
    public CudaContext Context { get; }

    /// <summary>Opens engines. Hold <see cref="OpenGate"/> while it is used.</summary>
    public TrtRuntime Runtime { get; }

    /// <summary>Held while an engine is opened, because the runtime's settings apply to one engine at a time.</summary>
    public Lock OpenGate { get; } = new();

    /// <summary>The GPU's name.</summary>
    public string GpuName => Context.Device.Name;

    /// <summary>The GPU's compute capability.</summary>
    public (int Major, int Minor) ComputeCapability => (Context.Device.ComputeMajor, Context.Device.ComputeMinor);

    /// <summary>Builder flags choose the precision. If not, the precision is that of the model.</summary>
    public bool HasWeakTyping => TrtReleases.Has(TrtFeature.WeakTyping, Library.Version);

    /// <summary>The problem with NVIDIA's plug-in libraries; <see langword="null"/> for nothing.</summary>
    public string? PluginProblem { get; }

    /// <summary>Loads the TensorRT and opens the GPU that the options name. Returns the same object for the same pair.</summary>
    /// <exception cref="NativeLibraryException">
    /// TensorRT or the CUDA driver is missing or unusable, or another TensorRT is already loaded.
    /// </exception>
    /// <exception cref="CudaException">The GPU is not there, or cannot be used.</exception>
    /// <exception cref="TensorRtException">TensorRT does not start, or refuses a plug-in library.</exception>
    public static TensorRtHost Open(ModelOptions options)
    {
        var device = Gpus.Find(options.Gpu, options.TensorRT.CudaLibraryPath);
        var cuda = device.Library;
        lock (Gate)
        {
            var (library, installation) = LibraryOf(cuda, options.TensorRT.LibraryPath);
            if (!Hosts.TryGetValue((device, library), out var host))
                Hosts[(device, library)] = host = new(CudaContext.Of(device), library, installation);
            foreach (var path in options.TensorRT.PluginLibraries) host.AddPlugins(Path.GetFullPath(path));
            return host;
        }
    }

    /// <summary>
    /// Checks that <see cref="Open"/> would find the driver, the GPU and the library. Does not load TensorRT, which takes a
    /// second and GPU memory that a program without an engine does not need.
    /// </summary>
    /// <exception cref="NativeLibraryException">TensorRT or the CUDA driver is missing or unusable.</exception>
    /// <exception cref="CudaException">The GPU is not there, or cannot be used.</exception>
    public static void Find(ModelOptions options)
    {
        var cuda = Gpus.Find(options.Gpu, options.TensorRT.CudaLibraryPath).Library;
        lock (Gate)
        {
            if (!Loaded.ContainsKey(cuda)) _ = HostLibraries.Locate(options.TensorRT.LibraryPath);
        }
    }

    /// <summary>Loads the ONNX parser that lies beside the libnvinfer in use.</summary>
    /// <exception cref="NativeLibraryException">It is missing or unusable.</exception>
    public TrtParserLibrary LoadParser()
    {
        if (Installation.Parser is { } path) return TrtParserLibrary.Load(Library, path);
        var name = TrtFileNames.OfThisSystem.Of(TrtParserLibrary.PlainName, Library.Version.Major);
        throw new NativeLibraryException(TrtParserLibrary.PlainName, $"TensorRT {Library.Version} cannot read .onnx models "
            + $"without {name}, which is not in '{Installation.Folder}' beside the libnvinfer in use. The package that has "
            + "libnvinfer has it too: install it again. Ready engines run without it.",
            [Path.Combine(Installation.Folder, name), .. Installation.PassedOver]);
    }

    /// <summary>Sends TensorRT's messages to a logger too, until the result is disposed.</summary>
    public IDisposable AddLogger(ILogger logger)
    {
        lock (_gate) _loggers = [.. _loggers, logger];
        if (TrtReleases.IsNewerThanTables(Library.Version)) HostLog.Newer(logger, Library.Version.ToString(), Library.Path);
        if (PluginProblem is { } problem) HostLog.PluginProblem(logger, problem);
        return new Registration(this, logger);
    }

    /// <summary>
    /// The one TensorRT of a driver. Two of the same major share symbol names and state, and a call could reach either of them.
    /// </summary>
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

    /// <summary>Passes a message of TensorRT on, at TensorRT's own level.</summary>
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
            // Removes one entry only: two models may share a logger.
            loggers.Remove(logger);
            _loggers = [.. loggers];
        }
    }

    private sealed class Registration(TensorRtHost host, ILogger logger) : IDisposable
    {
        private ILogger? _logger = logger;

        /// <summary>The host lives as long as the process, and must not keep the logger of an undisposed model.</summary>
        ~Registration() => Dispose();

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _logger, null) is { } known) host.Remove(known);
            GC.SuppressFinalize(this);
        }
    }
}
