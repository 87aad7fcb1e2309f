using TrtBindings.Interop.Cuda;

namespace TrtBindings.Tensors;

/// <summary>Finds the GPU that a <see cref="GpuDevice"/> names.</summary>
internal static class Gpus
{
    /// <summary>The GPU.</summary>
    /// <param name="gpu">Which one.</param>
    /// <param name="cudaLibrary">The driver's file; <see langword="null"/> for the environment's or the system's.</param>
    /// <exception cref="NativeLibraryException">There is no driver, or it is too old.</exception>
    /// <exception cref="CudaException">There is no such GPU; the message lists those that are there.</exception>
    public static CudaDevice Find(GpuDevice gpu, string? cudaLibrary = null)
    {
        var library = CudaLibrary.Load(cudaLibrary);
        return gpu.Uuid is { } uuid ? library.DeviceWithUuid(uuid) : library.DeviceAt(gpu.Index);
    }

    /// <summary>Its primary context.</summary>
    /// <exception cref="NativeLibraryException">There is no driver, or it is too old.</exception>
    /// <exception cref="CudaException">There is no such GPU; the message lists those that are there.</exception>
    public static CudaContext ContextOf(GpuDevice gpu) => CudaContext.Of(Find(gpu));
}
