using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>NVIDIA's plug-in library, libnvinfer_plugin. It is loaded for the whole process and never unloaded.</summary>
internal static unsafe class TrtPluginLibrary
{
    /// <summary>Loads the library and calls <c>initLibNvInferPlugins</c>.</summary>
    /// <param name="library">The libnvinfer beside it.</param>
    /// <param name="path">Full path.</param>
    /// <exception cref="NativeLibraryException">It cannot be loaded, or does not export the function.</exception>
    /// <exception cref="TensorRtException">The function returned false.</exception>
    public static void Initialize(TrtLibrary library, string path)
    {
        nint function;
        try
        {
            if (!NativeLibrary.TryGetExport(NativeLibrary.Load(path), "initLibNvInferPlugins", out function))
                throw Refusal(path, $"'{path}' does not export initLibNvInferPlugins.", null);
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            throw Refusal(path, $"'{path}' cannot be loaded: {exception.Message}", exception);
        }

        TrtLogger.TakeErrors();
        byte answer;
        // An empty namespace registers all plug-ins.
        fixed (byte* space = "\0"u8)
            answer = ((delegate* unmanaged<nint, byte*, byte>)function)(library.Logger.Raw, space);
        if (answer == 0) throw TrtStatus.Failure(library, "initLibNvInferPlugins");
    }

    private static NativeLibraryException Refusal(string path, string message, Exception? inner) =>
        new("nvinfer_plugin", message, [path], inner);
}
