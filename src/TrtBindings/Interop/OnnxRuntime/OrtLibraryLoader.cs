using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using TrtBindings.Interop.Native;

namespace TrtBindings.Interop.OnnxRuntime;

/// <summary>Finds the library's file, loads it, and takes its function table if the version is one that we know.</summary>
internal static unsafe class OrtLibraryLoader
{
    public const string PlainName = "onnxruntime";

    private const string Fix = "Reference the package TrtBindings.OnnxRuntime.Native or Microsoft.ML.OnnxRuntime, "
        + "or set ModelOptions.OnnxRuntimeLibrary to the path of a library.";

    /// <summary>The library named, or the first candidate that exists. One that exists and cannot be used is an error.</summary>
    /// <returns>The module, and its path as far as it is known.</returns>
    /// <exception cref="NativeLibraryException">No library, or one that cannot be loaded.</exception>
    public static (nint Handle, string Path) Open(string? requested)
    {
        var candidates = requested is null
            ? OrtLibraryPaths.Candidates(PlatformName.OfThisProcess(), AppContext.BaseDirectory, HostFolders())
            : [requested];
        foreach (var candidate in candidates)
        {
            if (!System.IO.Path.IsPathRooted(candidate))
            {
                if (NativeLibrary.TryLoad(candidate, out var module)) return (module, PathOfModule(candidate));
            }
            else if (File.Exists(candidate))
            {
                return (LoadFile(candidate), candidate);
            }
        }

        throw new NativeLibraryException(PlainName, requested is null
            ? $"ONNX Runtime's library was not found. Tried: {string.Join(", ", candidates)}. {Fix}"
            : $"ModelOptions.OnnxRuntimeLibrary is '{requested}', and there is no such file. Correct the path, or leave the "
                + "option unset to search the usual places.", candidates);
    }

    /// <summary>The function table of a loaded module, and the version that the module gives of itself.</summary>
    /// <exception cref="NativeLibraryException">Not ONNX Runtime, or a version that this library does not know.</exception>
    public static (OrtApiTable Api, string Version) ReadApi(nint handle, string path)
    {
        if (!NativeLibrary.TryGetExport(handle, "OrtGetApiBase", out var entry))
        {
            throw new NativeLibraryException(PlainName,
                $"'{path}' is not ONNX Runtime: it does not export OrtGetApiBase. Remove or replace that file. {Fix}", [path]);
        }

        // OrtApiBase: GetApi(version), then GetVersionString().
        var functions = (void**)((delegate* unmanaged<nint>)entry)();
        var getApi = (delegate* unmanaged<uint, nint>)functions[0];
        var version = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)functions[1])()) ?? "";
        // A newer table than the library's own is refused with a line on stderr, so never ask for one.
        var minor = MinorOf(version);
        var api = minor < OrtApiTable.OldestMinor ? 0 : getApi((uint)Math.Min(minor, OrtApiTable.NewestMinor));
        if (api == 0)
        {
            throw new NativeLibraryException(PlainName, $"'{path}' is ONNX Runtime {version}, which this library cannot "
                + $"use: it needs 1.{OrtApiTable.OldestMinor} or newer, below 2.0. Replace that file. {Fix}", [path]);
        }

        return (new(api), version);
    }

    private static nint LoadFile(string path)
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
    public static int MinorOf(string version)
    {
        var parts = version.Split('.');
        return parts.Length >= 2 && parts[0] == "1"
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            ? minor
            : -1;
    }

    private static string[] HostFolders() =>
        (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string)?.Split(
            System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Where the system found a plain name.</summary>
    private static string PathOfModule(string name)
    {
        using var process = Process.GetCurrentProcess();
        foreach (ProcessModule module in process.Modules)
        {
            // The system follows links, so the file may be called libonnxruntime.so.1.20.1.
            var file = System.IO.Path.GetFileName(module.FileName);
            if (file is not null && file.StartsWith(name, StringComparison.OrdinalIgnoreCase)) return module.FileName!;
        }

        return name;
    }
}
