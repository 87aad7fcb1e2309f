using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using TrtBindings.Interop.Native;

namespace TrtBindings.OnnxRuntime;

/// <summary>Finds and loads ONNX Runtime's native library, and checks its version.</summary>
internal static unsafe class OrtLibraryLoader
{
    public const string PlainName = "onnxruntime";

    private const string Fix = "Reference the package Microsoft.ML.OnnxRuntime, or Microsoft.ML.OnnxRuntime.Gpu for CUDA, "
        + "or set ModelOptions.OnnxRuntimeLibrary to the path of a library.";

    /// <summary>
    /// The oldest minor release 1.x of the native library that works with the managed package in use. The package asks for
    /// the C API of its own release, which older libraries do not have.
    /// </summary>
    public static int OldestMinor => typeof(OrtEnv).Assembly.GetName().Version!.Minor;

    /// <summary>Loads the named library, or the first one that is found.</summary>
    /// <returns>The module, and its path as far as it is known.</returns>
    /// <exception cref="NativeLibraryException">No library, or one that cannot be loaded.</exception>
    public static (nint Module, string Path) Open(string? requested)
    {
        var candidates = requested is null
            ? OrtLibraryPaths.Candidates(PlatformName.OfThisProcess(), LibraryFolder(), AppContext.BaseDirectory, HostFolders())
            : [requested];
        foreach (var candidate in candidates)
            if (File.Exists(candidate)) return (LoadFile(candidate), candidate);
        // The load context of a plug-in and the system have places of their own.
        if (requested is null && NativeLibrary.TryLoad(PlainName, typeof(OrtEnv).Assembly, null, out var module))
            return (module, LoadedPath() ?? PlainName);
        throw new NativeLibraryException(PlainName, requested is null
            ? $"ONNX Runtime's library was not found. Tried: {string.Join(", ", candidates)}, and the system's folders. {Fix}"
            : $"ModelOptions.OnnxRuntimeLibrary is '{requested}', and there is no such file. Correct the path, or leave the "
                + "option unset to search the usual places.", candidates);
    }

    /// <summary>Reads the version of a loaded module and refuses one that the managed package cannot use.</summary>
    /// <remarks>This runs before the first native call of the managed package, which would crash on an older library.</remarks>
    /// <returns>The version, and the function table of <see cref="OldestMinor"/>.</returns>
    /// <exception cref="NativeLibraryException">Not ONNX Runtime, or a release that does not fit.</exception>
    public static (string Version, OrtNative Native) ReadVersion(nint module, string path)
    {
        if (!NativeLibrary.TryGetExport(module, "OrtGetApiBase", out var entry))
        {
            throw new NativeLibraryException(PlainName,
                $"'{path}' is not ONNX Runtime: it does not export OrtGetApiBase. Remove or replace that file. {Fix}", [path]);
        }

        // OrtApiBase is { GetApi, GetVersionString }.
        var functions = (void**)((delegate* unmanaged<nint>)entry)();
        var version = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)functions[1])()) ?? "";
        // Asked for a newer table than it has, a library prints a line, so the version comes first.
        var table = MinorOf(version) < OldestMinor ? 0 : ((delegate* unmanaged<uint, nint>)functions[0])((uint)OldestMinor);
        if (table != 0) return (version, new(table));
        throw new NativeLibraryException(PlainName, $"'{path}' is ONNX Runtime {version}, which Microsoft.ML.OnnxRuntime.Managed "
            + $"cannot use: it needs 1.{OldestMinor} or newer, below 2.0. Replace that file. {Fix}", [path]);
    }

    /// <summary>The path of the library that this process has loaded already; <see langword="null"/> if there is none.</summary>
    public static string? LoadedPath()
    {
        using var process = Process.GetCurrentProcess();
        foreach (ProcessModule module in process.Modules)
        {
            // Not libonnxruntime_providers_shared.so. Links are followed: the name may be libonnxruntime.so.1.31.1.
            var name = System.IO.Path.GetFileName(module.FileName) ?? "";
            if (name.StartsWith("libonnxruntime.", StringComparison.Ordinal)
                || name.Equals("onnxruntime.dll", StringComparison.OrdinalIgnoreCase))
                return module.FileName;
        }

        return null;
    }

    /// <summary>Loads a file that is there.</summary>
    /// <exception cref="NativeLibraryException">It cannot be loaded.</exception>
    public static nint LoadFile(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new NativeLibraryException(PlainName,
                $"'{path}' is there, but it cannot be loaded on {PlatformName.OfThisProcess()}: {e.Message} "
                + "Replace it by ONNX Runtime for this platform, or install what it depends on.", [path], e);
        }
    }

    /// <summary>The minor version of 1.x; -1 for anything else.</summary>
    private static int MinorOf(string version)
    {
        var parts = version.Split('.');
        return parts.Length >= 2 && parts[0] == "1"
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            ? minor
            : -1;
    }

    [UnconditionalSuppressMessage("SingleFile", "IL3000",
        Justification = "An empty location means a single file, whose folder is the program's, which is searched too.")]
    private static string LibraryFolder() =>
        System.IO.Path.GetDirectoryName(typeof(OrtLibraryLoader).Assembly.Location) ?? "";

    private static string[] HostFolders() =>
        (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string)?.Split(
            System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];
}
