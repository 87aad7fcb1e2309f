using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.OnnxRuntime;
using TrtBindings.Backends;
using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.Native;

namespace TrtBindings.OnnxRuntime;

/// <summary>Loads a model with ONNX Runtime's CUDA provider, or gives the reason why it cannot.</summary>
internal static class OrtCudaSession
{
    /// <summary>
    /// Checks the cheap things first: are the provider's files there, does the provider load, does it take the options and the
    /// device, does it take the model.
    /// </summary>
    /// <param name="path">The model's file.</param>
    /// <param name="bytes">The model, if it is in memory.</param>
    /// <param name="settings">How the session is made.</param>
    /// <param name="options">The provider's options, by its names.</param>
    /// <param name="device">The GPU, in CUDA's order.</param>
    /// <param name="cuda">Whose streams and graphs runs get.</param>
    /// <param name="session">The loaded model.</param>
    /// <param name="reason">Why there is none.</param>
    public static bool TryLoad(string? path, ReadOnlyMemory<byte> bytes, OrtSettings settings, Dictionary<string, string> options,
        int device, OnnxRuntimeCudaOptions cuda, [NotNullWhen(true)] out IBackendSession? session, out string reason)
    {
        session = null;
        var libraryPath = settings.LibraryPath ?? "";
        var rid = PlatformName.OfThisProcess();
        try
        {
            var library = OrtLibrary.Load(settings.LibraryPath, settings.SharedThreads, settings.AllowSpinning);
            libraryPath = library.Path;
            if (OrtCudaFiles.WhyAbsent(libraryPath, rid) is { } absent)
            {
                reason = absent;
                return false;
            }

            // Creating the options proves nothing. Setting one loads the provider's library.
            using var provider = OrtErrors.Call("CreateCUDAProviderOptions", () => new OrtCUDAProviderOptions());
            OrtErrors.Call("UpdateCUDAProviderOptions", () => provider.UpdateOptions(options));
            session = cuda.ConcurrentRuns
                ? OrtBackendSession.Load(path, bytes, settings, provider, device)
                : LoadOnStream(library, path, bytes, settings, provider, device, cuda);
            reason = "";
            return true;
        }
        catch (OnnxRuntimeException e)
        {
            reason = OrtCudaFiles.Explain(e.RuntimeMessage, libraryPath, rid);
        }
        catch (TrtBindingsException e) when (e is NativeLibraryException or CudaException)
        {
            reason = e.Message;
        }

        return false;
    }

    private static OrtGpuSession LoadOnStream(OrtLibrary library, string? path, ReadOnlyMemory<byte> bytes, OrtSettings settings,
        OrtCUDAProviderOptions provider, int device, OnnxRuntimeCudaOptions cuda)
    {
        var context = CudaContext.Of(CudaLibrary.Load().DeviceAt(device));
        var stream = new OrtStream(context, recordsModels: cuda.UseCudaGraph, recordsWork: cuda.RecordWork);
        try
        {
            library.Native.UseStream(provider, stream.Native.Raw);
            return new(OrtBackendSession.Load(path, bytes, settings, provider, device, stream), context);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}
