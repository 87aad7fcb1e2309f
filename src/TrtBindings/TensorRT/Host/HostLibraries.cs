using System.Diagnostics;
using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Discovery;

namespace TrtBindings.TensorRT.Host;

/// <summary>Finds the files of TensorRT and loads them in the order in which they need each other.</summary>
internal static class HostLibraries
{
    /// <summary>Where TensorRT is.</summary>
    /// <param name="requested">A file or a folder; <see langword="null"/> to search.</param>
    /// <exception cref="NativeLibraryException">There is none.</exception>
    public static TrtInstallation Locate(string? requested) =>
        new TrtLibraryLocator(TrtSearchPlaces.OfThisProcess(), AskSystem).Locate(requested);

    /// <summary>libnvinfer, after the CUDA runtimes that came with it.</summary>
    /// <exception cref="NativeLibraryException">It cannot be loaded, or is of a version that is not known.</exception>
    public static TrtLibrary Load(TrtInstallation installation)
    {
        // Without them the system's loader would look for a CUDA runtime elsewhere. Of two majors one is right, and which
        // one is libnvinfer's affair: one that does not load is no fault.
        foreach (var runtime in installation.CudaRuntimes) _ = NativeLibrary.TryLoad(runtime, out _);
        return TrtLibrary.Load(installation.Library);
    }

    /// <summary>NVIDIA's plug-ins, where they are there.</summary>
    /// <returns>What is wrong with them; <see langword="null"/> for nothing. Engines without plug-ins run all the same.</returns>
    public static string? LoadPlugins(TrtLibrary library, TrtInstallation installation)
    {
        try
        {
            if (installation.Plugins is { } plugins) TrtPluginLibrary.Initialize(library, plugins);
            // TensorRT opens this one by its plain name: once loaded from its full path, that name means this file.
            if (installation.VersionCompatiblePlugins is { } compatible) NativeLibrary.Load(compatible);
            return null;
        }
        catch (Exception e) when (e is TrtBindingsException or DllNotFoundException or BadImageFormatException)
        {
            return e.Message;
        }
    }

    /// <summary>A library of plug-ins that the application names.</summary>
    /// <exception cref="NativeLibraryException">It cannot be loaded.</exception>
    /// <exception cref="TensorRtException">TensorRT does not take its plug-ins.</exception>
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

        // A library of the older kind has registered its plug-ins by being loaded.
        if (NativeLibrary.TryGetExport(module, "getCreators", out _)
            || NativeLibrary.TryGetExport(module, "getPluginCreators", out _))
            runtime.LoadPluginLibrary(path);
    }

    /// <summary>What the system's loader knows under a plain name: its full path.</summary>
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
