using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Discovery;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// A loaded libnvinfer, or its lean or dispatch runtime: version, slots and logger. No method of an object is called before the
/// version is known to be one with slots. It is never unloaded, because TensorRT keeps threads of its own.
/// </summary>
internal sealed unsafe class TrtLibrary
{
    /// <summary>The name of the library in errors.</summary>
    public const string PlainName = "nvinfer";

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, TrtLibrary> Loaded = [];

    private TrtLibrary(TrtExports exports, TrtVersion version, string path, bool? microsoft)
    {
        (Exports, Version, Path, Slots) = (exports, version, path, new(version, microsoft));
        Logger = new(Slots);
        SilentLogger = new(Slots);
    }

    /// <summary>The C functions.</summary>
    public TrtExports Exports { get; }

    /// <summary>The version that the library reports.</summary>
    public TrtVersion Version { get; }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The slots of this version.</summary>
    public TrtSlotTable Slots { get; }

    /// <summary>The logger of every object of this library.</summary>
    public TrtLogger Logger { get; }

    /// <summary>A logger without a sink, for calls whose failure is no error.</summary>
    public TrtLogger SilentLogger { get; }

    /// <summary>Whether the library can build engines. Its builder resource file may still be missing.</summary>
    public bool HasBuilder => Exports.CreateInferBuilder != null;

    /// <summary>Loads the library in a file, once for each file and process.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="NativeLibraryException">
    /// The file cannot be loaded, is not TensorRT, is TensorRT for RTX, or has an unknown major version.
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

    /// <summary>
    /// Makes TensorRT use the builder resource beside the libnvinfer in use, wherever that is. Call it before creating a
    /// builder. It does nothing if the file is missing: see <see cref="TrtBuilderResource.Missing"/>.
    /// </summary>
    /// <param name="installation">The files beside this library.</param>
    /// <param name="computeMajor">First part of the GPU's compute capability.</param>
    /// <param name="computeMinor">Second part of the GPU's compute capability.</param>
    /// <param name="scratch">A folder that only this user can write to. Nothing is left in it.</param>
    /// <returns>
    /// Why TensorRT will probably not find it, as a sentence; <see langword="null"/> if it will, or if there is none.
    /// </returns>
    /// <exception cref="TensorRtException">TensorRT does not accept the folder.</exception>
    public string? UseBuilderResource(TrtInstallation installation, int computeMajor, int computeMinor, string scratch)
    {
        var present = TrtBuilderResource.Present(installation, Version, computeMajor, computeMinor);
        if (present.Count == 0) return null;
        if (Exports.SetInternalLibraryPath == null)
        {
            // Older versions open the file by its plain name.
            return present.Select(path => TrtBuilderResource.LoadUnderItsName(path, scratch))
                .FirstOrDefault(problem => problem is not null);
        }

        // NVIDIA's documentation says that the text is prepended to file names, so it ends with a separator. TensorRT copies it.
        var folder = new TrtName(System.IO.Path.GetDirectoryName(present[0]) + System.IO.Path.DirectorySeparatorChar);
        TrtLogger.TakeErrors();
        var answer = Exports.SetInternalLibraryPath(folder.Pointer);
        GC.KeepAlive(folder);
        return answer != 0 ? null : throw TrtStatus.Failure(this, "setInternalLibraryPath", $"does not take '{folder}'.");
    }

    /// <summary>The version gate: reads the version through exported C functions only, and lays out the slots for it.</summary>
    /// <exception cref="NativeLibraryException">It is not TensorRT, or has an unknown major version.</exception>
    internal static TrtLibrary Create(TrtExports exports, string path, bool? microsoft = null)
    {
        RefuseRtx(path);
        if (exports.GetInferLibVersion == null || exports.CreateInferRuntime == null)
            throw Refusal(path, $"'{path}' does not export getInferLibVersion and createInferRuntime_INTERNAL: "
                + "it is not TensorRT's libnvinfer.");
        var build = exports.GetInferLibBuildVersion == null ? 0 : exports.GetInferLibBuildVersion();
        var version = TrtVersion.FromNumber(exports.GetInferLibVersion(), build);
        if (!TrtReleases.IsKnown(version.Major))
            throw Refusal(path, $"'{path}' is TensorRT {version}. This version of TrtBindings runs TensorRT "
                + $"{TrtReleases.Text("and")}: "
                + (version.Major > TrtReleases.Majors[0] ? "use one of these, or update TrtBindings." : "install one of these."));
        return new(exports, version, path, microsoft);
    }

    /// <summary>
    /// TensorRT for RTX exports the same functions with other method tables. Only the file name tells the two apart.
    /// </summary>
    private static void RefuseRtx(string path)
    {
        if (!System.IO.Path.GetFileName(path).Contains("tensorrt_rtx", StringComparison.OrdinalIgnoreCase)) return;
        throw Refusal(path, $"'{path}' is TensorRT for RTX, which is another product with another binary interface. "
            + $"Install TensorRT {TrtReleases.Text("or")}.");
    }

    private static NativeLibraryException Refusal(string path, string message) => new(PlainName, message, [path]);
}
