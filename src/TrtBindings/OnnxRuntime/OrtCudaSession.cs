using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.OnnxRuntime;
using TrtBindings.Interop.Native;

namespace TrtBindings.OnnxRuntime;

/// <summary>Loads a model with ONNX Runtime's CUDA provider, or gives the reason why it cannot.</summary>
internal static class OrtCudaSession
{
    /// <summary>
    /// Checks the cheap things first: are the provider's files there, does the provider load, does it take the options and the
    /// device, does it take the model.
    /// </summary>
    public static bool TryLoad(string? path, ReadOnlyMemory<byte> bytes, OrtSettings settings,
        Dictionary<string, string> options, int device, [NotNullWhen(true)] out OrtBackendSession? session, out string reason)
    {
        session = null;
        var libraryPath = settings.LibraryPath ?? "";
        var rid = PlatformName.OfThisProcess();
        try
        {
            libraryPath = OrtLibrary.Load(settings.LibraryPath, settings.SharedThreads, settings.AllowSpinning).Path;
            if (OrtCudaFiles.WhyAbsent(libraryPath, rid) is { } absent)
            {
                reason = absent;
                return false;
            }

            // Creating the options proves nothing. Setting one loads the provider's library.
            using var provider = OrtErrors.Call("CreateCUDAProviderOptions", () => new OrtCUDAProviderOptions());
            OrtErrors.Call("UpdateCUDAProviderOptions", () => provider.UpdateOptions(options));
            session = OrtBackendSession.Load(path, bytes, settings, provider, device);
            reason = "";
            return true;
        }
        catch (OnnxRuntimeException e)
        {
            reason = OrtCudaFiles.Explain(e.RuntimeMessage, libraryPath, rid);
        }
        catch (NativeLibraryException e)
        {
            reason = e.Message;
        }

        return false;
    }
}
