namespace TrtBindings.Interop.OnnxRuntime;

/// <summary>
/// ONNX Runtime's library as this process has loaded it: its function table, version and path, and what exists once for
/// all sessions. Never unloaded: it keeps threads of its own.
/// </summary>
internal sealed unsafe class OrtLibrary
{
    private static readonly Lock Gate = new();
    private static OrtLibrary? _loaded;
    private static string? _requested;

    private OrtLibrary(OrtApiTable api, string version, string path)
    {
        Api = api;
        Version = version;
        Path = path;
        Environment = new(this);
        HostMemory = new(this);
        nint allocator;
        OrtStatus.Check(api, api.GetAllocatorWithDefaultOptions(&allocator), "GetAllocatorWithDefaultOptions");
        Allocator = allocator;
    }

    public OrtApiTable Api { get; }

    /// <summary>For example <c>1.30.0</c>.</summary>
    public string Version { get; }

    /// <summary>The minor version of 1.x.</summary>
    public int Minor => OrtLibraryLoader.MinorOf(Version);

    /// <summary>Full path of the library, or its plain name where the system found it and does not say where.</summary>
    public string Path { get; }

    public OrtEnvironment Environment { get; }

    /// <summary>Describes ordinary memory of the processor.</summary>
    public OrtMemoryInfo HostMemory { get; }

    /// <summary>The default <c>OrtAllocator</c>, which belongs to the library.</summary>
    public nint Allocator { get; }

    /// <summary>The library of this process; the first call that succeeds decides which one that is.</summary>
    /// <param name="path">The library to take; <see langword="null"/> to search.</param>
    /// <exception cref="NativeLibraryException">
    /// None is there, or it is too old, or not ONNX Runtime, or another one is loaded already.
    /// </exception>
    public static OrtLibrary Load(string? path)
    {
        var requested = path is null ? null : System.IO.Path.GetFullPath(path);
        lock (Gate)
        {
            if (_loaded is not null) return CheckSame(_loaded, requested);
            var (handle, found) = OrtLibraryLoader.Open(requested);
            var (api, version) = OrtLibraryLoader.ReadApi(handle, found);
            _loaded = new(api, version, found);
            _requested = requested;
            return _loaded;
        }
    }

    private static OrtLibrary CheckSame(OrtLibrary loaded, string? requested)
    {
        if (requested is null || requested == _requested || requested == loaded.Path) return loaded;
        throw new NativeLibraryException(OrtLibraryLoader.PlainName,
            $"ONNX Runtime {loaded.Version} is loaded already, from '{loaded.Path}', and a process cannot exchange it for "
            + $"'{requested}'. Give the same ModelOptions.OnnxRuntimeLibrary for every model, from the first one on.",
            [requested]);
    }
}
