using System.Diagnostics;
using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Discovery;

namespace TrtBindings.TensorRT.Running;

/// <summary>Finds TensorRT's libraries and loads them in the order of their dependencies.</summary>
internal static class HostLibraries
{
    /// <summary>Finds the installation of TensorRT.</summary>
    /// <param name="requested">A file or a folder; <see langword="null"/> to search.</param>
    /// <exception cref="NativeLibraryException">There is none.</exception>
    public static TrtInstallation Locate(string? requested) =>
        new TrtLibraryLocator(TrtSearchPlaces.OfThisProcess(), AskSystem).Locate(requested);

    /// <summary>Loads libnvinfer, after the CUDA runtimes that came with it.</summary>
    /// <exception cref="NativeLibraryException">It cannot be loaded, or its version is not supported.</exception>
    public static TrtLibrary Load(TrtInstallation installation)
    {
        // Otherwise the system's loader would look for a CUDA runtime elsewhere. If there are two majors, libnvinfer needs
        // only one of them, so a runtime that does not load is no error.
        foreach (var runtime in installation.CudaRuntimes) _ = NativeLibrary.TryLoad(runtime, out _);
        return TrtLibrary.Load(installation.Library);
    }

    /// <summary>Loads NVIDIA's plug-in libraries, if they are installed.</summary>
    /// <returns>What is wrong with them; <see langword="null"/> for nothing. Engines without plug-ins do not need them.</returns>
    public static string? LoadPlugins(TrtLibrary library, TrtInstallation installation)
    {
        try
        {
            if (installation.Plugins is { } plugins) TrtPluginLibrary.Initialize(library, plugins);
            // TensorRT opens this library by its plain name, which then means the file loaded here.
            if (installation.VersionCompatiblePlugins is { } compatible) NativeLibrary.Load(compatible);
            return null;
        }
        catch (Exception e) when (e is TrtBindingsException or DllNotFoundException or BadImageFormatException)
        {
            return e.Message;
        }
    }

    /// <summary>Loads one of the application's plug-in libraries.</summary>
    /// <exception cref="NativeLibraryException">It cannot be loaded.</exception>
    /// <exception cref="TensorRtException">TensorRT refuses its plug-ins.</exception>
    public static void LoadPluginLibrary(TrtRuntime runtime, string path)
    {
        nint module;
        try
        {
            module = NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new NativeLibraryException("plug-ins", $"The library of plug-ins '{path}' cannot be loaded: {e.Message} "
                + "Correct TensorRtOptions.PluginLibraries.", [path], e);
        }

        // A library of the older kind registers its plug-ins when it is loaded.
        if (NativeLibrary.TryGetExport(module, "getCreators", out _)
            || NativeLibrary.TryGetExport(module, "getPluginCreators", out _))
            runtime.LoadPluginLibrary(path);
    }

    /// <summary>The full path of the library that the system's loader finds under a plain name.</summary>
    internal static string? AskSystem(string name)
    {
        if (!NativeLibrary.TryLoad(name, out var module)) return null;
        if (!NativeLibrary.TryGetExport(module, "getInferLibVersion", out var inside)) return null;
        using var process = Process.GetCurrentProcess();
        foreach (ProcessModule loaded in process.Modules)
        {
            var offset = inside - loaded.BaseAddress;
            if (offset >= 0 && offset < loaded.ModuleMemorySize) return loaded.FileName;
        }

        return null;
    }
}
