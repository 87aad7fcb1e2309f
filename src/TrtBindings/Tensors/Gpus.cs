using System.Runtime.CompilerServices;
using TrtBindings.Interop.Cuda;

namespace TrtBindings.Tensors;

/// <summary>Finds the GPU that a <see cref="GpuDevice"/> selects, its context and its stream for copies.</summary>
internal static class Gpus
{
    private static readonly ConditionalWeakTable<CudaContext, CudaStream> CopyStreams = [];

    /// <summary>Finds a GPU.</summary>
    /// <param name="gpu">The GPU to find.</param>
    /// <param name="cudaLibrary">
    /// File of the driver library; <see langword="null"/> for the one that the environment variable names, or the system's.
    /// </param>
    /// <exception cref="NativeLibraryException">The driver is missing or too old.</exception>
    /// <exception cref="CudaException">There is no such GPU. The message lists the GPUs that exist.</exception>
    public static CudaDevice Find(GpuDevice gpu, string? cudaLibrary = null)
    {
        var library = CudaLibrary.Load(cudaLibrary);
        return gpu.Uuid is { } uuid ? library.DeviceWithUuid(uuid) : library.DeviceAt(gpu.Index);
    }

    /// <summary>The primary context of a GPU.</summary>
    /// <exception cref="NativeLibraryException">The driver is missing or too old.</exception>
    /// <exception cref="CudaException">There is no such GPU. The message lists the GPUs that exist.</exception>
    public static CudaContext ContextOf(GpuDevice gpu) => CudaContext.Of(Find(gpu));

    /// <summary>The stream for copies of device buffers on a GPU. Copies and runs do not wait for each other.</summary>
    /// <exception cref="CudaException">The GPU is lost.</exception>
    public static CudaStream CopyStreamOf(CudaContext context) =>
        CopyStreams.GetValue(context, static key => CudaStream.Create(key));
}
