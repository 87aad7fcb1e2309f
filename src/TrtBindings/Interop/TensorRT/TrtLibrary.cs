using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// A loaded libnvinfer (or its lean or dispatch runtime): version, slots and logger. No method of an object is called before the
/// version is known to be one that there are slots for. Never unloaded: TensorRT keeps threads of its own.
/// </summary>
internal sealed unsafe class TrtLibrary
{
    /// <summary>The name that errors about the library carry.</summary>
    public const string PlainName = "nvinfer";

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, TrtLibrary> Loaded = [];

    private TrtLibrary(TrtExports exports, TrtVersion version, string path, TrtSlotTable slots)
    {
        (Exports, Version, Path, Slots) = (exports, version, path, slots);
        Logger = new(slots);
        SilentLogger = new(slots);
    }

    /// <summary>The C functions.</summary>
    public TrtExports Exports { get; }

    /// <summary>What the library says that it is.</summary>
    public TrtVersion Version { get; }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Where the methods of this version are.</summary>
    public TrtSlotTable Slots { get; }

    /// <summary>The logger that every object of this library gets.</summary>
    public TrtLogger Logger { get; }

    /// <summary>A logger for calls that may be refused without it being anybody's concern: it has no sink.</summary>
    public TrtLogger SilentLogger { get; }

    /// <summary>Whether the library can build engines at all; the builder may still miss its resource file.</summary>
    public bool HasBuilder => Exports.CreateInferBuilder != null;

    /// <summary>
    /// Whether the minor version is newer than the newest one whose tables were checked. It is accepted, because NVIDIA only
    /// appends to them inside a major, and worth a line in the log.
    /// </summary>
    public bool IsNewerThanTables => Version.Minor > (Version.Major == 10 ? 16 : 1);

    /// <summary>The library in a file; once per file and process.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="NativeLibraryException">
    /// It cannot be loaded, is not TensorRT, is TensorRT for RTX, or is of a major version without slots.
    /// </exception>
    public static TrtLibrary Load(string path)
    {
        lock (Gate)
        {
            if (Loaded.TryGetValue(path, out var loaded)) return loaded;
            RefuseRtx(path);
            nint handle;
            try
            {
                handle = NativeLibrary.Load(path);
            }
            catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
            {
                throw new NativeLibraryException(
                    PlainName, $"'{path}' cannot be loaded: {exception.Message}", [path], exception);
            }

            return Loaded[path] = Create(TrtExports.Of(handle), path);
        }
    }

    /// <summary>The version gate: reads the version through exported C functions only, and lays out the slots for it.</summary>
    /// <exception cref="NativeLibraryException">It is no TensorRT, or none that there are slots for.</exception>
    internal static TrtLibrary Create(TrtExports exports, string path, bool? microsoft = null)
    {
        RefuseRtx(path);
        if (exports.GetInferLibVersion == null || exports.CreateInferRuntime == null)
            throw Refusal(path, $"'{path}' does not export getInferLibVersion and createInferRuntime_INTERNAL: "
                + "it is not TensorRT's libnvinfer.");
        var build = exports.GetInferLibBuildVersion == null ? 0 : exports.GetInferLibBuildVersion();
        var version = TrtVersion.FromNumber(exports.GetInferLibVersion(), build);
        if (!TrtSlotData.KnownMajors.Contains(version.Major))
            throw Refusal(path, $"'{path}' is TensorRT {version}. This version of TrtBindings runs TensorRT 10 and 11: "
                + (version.Major > 11 ? "use one of these, or update TrtBindings." : "install one of these."));
        return new(exports, version, path, TrtSlotTable.For(version, microsoft));
    }

    /// <summary>TensorRT for RTX exports the same functions over other tables, so that only its name tells it apart.</summary>
    private static void RefuseRtx(string path)
    {
        if (!System.IO.Path.GetFileName(path).Contains("tensorrt_rtx", StringComparison.OrdinalIgnoreCase)) return;
        throw Refusal(path, $"'{path}' is TensorRT for RTX, which is another product with another binary interface. "
            + "Install TensorRT 10 or 11.");
    }

    private static NativeLibraryException Refusal(string path, string message) => new(PlainName, message, [path]);
}
