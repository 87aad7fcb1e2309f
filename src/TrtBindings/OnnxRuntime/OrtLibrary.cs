using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace TrtBindings.OnnxRuntime;

/// <summary>
/// The native ONNX Runtime library of this process. The first model that is loaded decides which file it is. It is never
/// unloaded, because it has threads of its own.
/// </summary>
internal sealed class OrtLibrary
{
    private static readonly Lock Gate = new();
    private static OrtLibrary? _loaded;
    private static string? _requested;
    private static nint _module;
    private static bool _resolves;
    private static (int Threads, bool? Spins)? _pool;

    private OrtLibrary(string version, string path, OrtNative native)
    {
        Version = version;
        Path = path;
        Native = native;
        HostMemory = new("Cpu", OrtAllocatorType.DeviceAllocator, 0, OrtMemType.Default);
    }

    /// <summary>For example <c>1.31.1</c>.</summary>
    public string Version { get; }

    /// <summary>Full path of the library, or its plain name where the system does not say where it found it.</summary>
    public string Path { get; }

    /// <summary>What the managed package lacks.</summary>
    public OrtNative Native { get; }

    /// <summary>Describes ordinary memory of the processor.</summary>
    public OrtMemoryInfo HostMemory { get; }

    /// <summary>The library of this process. The first call that succeeds decides which one that is.</summary>
    /// <param name="path">The library to load; <see langword="null"/> to search.</param>
    /// <exception cref="NativeLibraryException">
    /// There is none, or it is too old, or it is not ONNX Runtime, or another one is loaded already.
    /// </exception>
    /// <param name="sharedThreads">Threads of the pool that sessions share; <see langword="null"/> if this one does not.</param>
    /// <param name="allowSpinning">Whether they spin while they are idle.</param>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime cannot start.</exception>
    /// <exception cref="ModelOptionException">ONNX Runtime has started without that pool.</exception>
    public static OrtLibrary Load(string? path, int? sharedThreads = null, bool? allowSpinning = null)
    {
        var requested = path is null ? null : System.IO.Path.GetFullPath(path);
        lock (Gate)
        {
            if (_loaded is null)
            {
                _loaded = Open(requested, sharedThreads is { } count ? (count, allowSpinning) : null);
                _requested = requested;
            }

            if (sharedThreads is { } threads) ThrowIfOther(threads, allowSpinning);

            if (requested is null || requested == _requested || requested == _loaded.Path) return _loaded;
            throw Other(_loaded.Version, _loaded.Path, requested);
        }
    }

    private static OrtLibrary Open(string? requested, (int Threads, bool? Spins)? pool)
    {
        var (module, path) = InstallResolver() ? OrtLibraryLoader.Open(requested) : Loaded() ?? OfTheApplication(requested);
        var (version, native) = OrtLibraryLoader.ReadVersion(module, path);
        if (requested is not null && requested != path) throw Other(version, path, requested);
        _module = module;
        return OrtErrors.Call("CreateEnv", () =>
        {
            StartEnvironment(pool);
            return new OrtLibrary(version, path, native);
        });
    }

    /// <summary>Makes the managed package use the library that is found here, instead of searching by itself.</summary>
    /// <returns>False if the application has used the package before, or has a resolver of its own.</returns>
    private static bool InstallResolver()
    {
        if (_resolves) return true;
        OrtEnv.DisableDllImportResolver = true;
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(OrtEnv).Assembly, Resolve);
            return _resolves = true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search) =>
        name == OrtLibraryLoader.PlainName ? _module : 0;

    /// <summary>The library that the application has loaded through the managed package.</summary>
    private static (nint Module, string Path)? Loaded()
    {
        if (OrtLibraryLoader.LoadedPath() is null) OrtErrors.Call("CreateEnv", OrtEnv.Instance);
        return OrtLibraryLoader.LoadedPath() is { } path ? (OrtLibraryLoader.LoadFile(path), path) : null;
    }

    /// <summary>
    /// The library where the managed package has one already that cannot be found by its name. Opening one by our own search
    /// could give the process two ONNX Runtimes. macOS does not list a process's libraries, but gives the same one for a path.
    /// </summary>
    /// <exception cref="NativeLibraryException">It is not known which one the application uses.</exception>
    private static (nint Module, string Path) OfTheApplication(string? requested) => OperatingSystem.IsMacOS()
        ? OrtLibraryLoader.Open(requested)
        : throw new NativeLibraryException(
            OrtLibraryLoader.PlainName, "The application resolves Microsoft.ML.OnnxRuntime's native library by itself, to "
            + "a file whose name is not that of ONNX Runtime (libonnxruntime.so or onnxruntime.dll), so it "
            + "cannot be found here. Keep the file's name, or remove the resolver and set ModelOptions.OnnxRuntimeLibrary.", []);

    /// <summary>
    /// Sends ONNX Runtime's log to <see cref="OrtLog"/>, so that nothing is printed. An application that has made the
    /// environment before, for shared thread pools for example, keeps its own.
    /// </summary>
    private static void StartEnvironment((int Threads, bool? Spins)? pool)
    {
        if (OrtEnv.IsCreated) return;
        var options = new EnvironmentCreationOptions
        {
            logId = "TrtBindings",
            logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING,
            loggingFunction = OrtLog.Write,
        };
        // Windows builds send usage events to their vendor unless told not to.
        if (pool is not { } shared)
        {
            OrtEnv.CreateInstanceWithOptions(ref options).DisableTelemetryEvents();
            return;
        }

        // Operators run one after the other, as with a pool of the model's own.
        using var threading = new OrtThreadingOptions
        {
            GlobalIntraOpNumThreads = shared.Threads, GlobalInterOpNumThreads = 1, GlobalSpinControl = shared.Spins ?? true,
        };
        options.threadOptions = threading;
        OrtEnv.CreateInstanceWithOptions(ref options).DisableTelemetryEvents();
        _pool = pool;
    }

    /// <summary>ONNX Runtime takes a pool when it starts, and then has that one.</summary>
    private static void ThrowIfOther(int threads, bool? spins)
    {
        const string Option = $"{nameof(ModelOptions)}.{nameof(ModelOptions.SharedThreads)}";
        if (_pool is not { } pool)
        {
            throw new ModelOptionException(Option, $"{Option} is set, but ONNX Runtime has started without shared threads. Set "
                + "it for the first model that the program loads. A program that makes ONNX Runtime's environment itself makes "
                + "the pool there, and calls DisablePerSessionThreads in ModelOptions.ConfigureSession.");
        }

        if (pool == (threads, spins)) return;
        throw new ModelOptionException(Option, $"{Option} is {threads} with AllowSpinning {Text(spins)}, but the first model has "
            + $"made the shared pool with {pool.Threads} and {Text(pool.Spins)}. Give all models the same.");
    }

    private static string Text(bool? value) => value?.ToString() ?? "null";

    private static NativeLibraryException Other(string version, string path, string requested) => new(
        OrtLibraryLoader.PlainName, $"ONNX Runtime {version} is loaded already, from '{path}', and a process cannot exchange it "
            + $"for '{requested}'. Give the same ModelOptions.OnnxRuntimeLibrary for every model, from the first one on.",
        [requested]);
}
