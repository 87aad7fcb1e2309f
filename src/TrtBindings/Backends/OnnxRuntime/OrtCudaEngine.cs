using System.Diagnostics.CodeAnalysis;
using TrtBindings.Interop.Native;
using TrtBindings.Interop.OnnxRuntime;

namespace TrtBindings.Backends.OnnxRuntime;

/// <summary>Loads a model with ONNX Runtime's CUDA provider, or says why not.</summary>
internal static class OrtCudaEngine
{
    /// <summary>
    /// Asks in the order in which the answers cost: are the files there, does the provider load, does it take the options and
    /// the device, does it take the model.
    /// </summary>
    public static bool TryLoad(string? path, ReadOnlyMemory<byte> bytes, OrtSettings settings,
        IReadOnlyList<OrtProviderOption> options, int device, [NotNullWhen(true)] out OrtEngine? engine, out string reason)
    {
        engine = null;
        var libraryPath = settings.LibraryPath ?? "";
        var rid = PlatformName.OfThisProcess();
        try
        {
            var library = OrtLibrary.Load(settings.LibraryPath);
            libraryPath = library.Path;
            if (OrtCudaLibrary.WhyAbsent(libraryPath, rid) is { } absent)
            {
                reason = absent;
                return false;
            }

            using var provider = new OrtCudaOptions(library);
            foreach (var option in options)
                if (library.Minor >= option.SinceMinor) provider.Set(option.Key, option.Value);
            engine = OrtEngine.Load(path, bytes, settings, provider, device);
            reason = "";
            return true;
        }
        catch (OnnxRuntimeException e)
        {
            reason = OrtCudaLibrary.Explain(e.RuntimeMessage, libraryPath, rid);
        }
        catch (NativeLibraryException e)
        {
            reason = e.Message;
        }

        return false;
    }
}
