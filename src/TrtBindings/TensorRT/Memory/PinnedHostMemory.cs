using Microsoft.Extensions.Logging;
using TrtBindings.Interop.Cuda;
using TrtBindings.TensorRT.Host;
using TrtBindings.Tensors;

namespace TrtBindings.TensorRT.Memory;

/// <summary>
/// Host memory that the GPU copies from and to directly, beside the work of the processor. Where the system does not pin so
/// much, plain memory takes its place, and a log line says so: results are the same, only copies do not overlap.
/// </summary>
internal sealed class PinnedHostMemory(CudaContext context, ILogger? logger) : IHostMemory
{
    /// <inheritdoc/>
    /// <exception cref="DeviceLostException">The GPU is lost.</exception>
    public HostBuffer Allocate(string tensor, nint byteLength)
    {
        try
        {
            return new PinnedBuffer(PinnedMemory.Allocate(context, byteLength));
        }
        catch (CudaException e) when (e is not DeviceLostException)
        {
            if (logger is not null) HostLog.NotPinned(logger, tensor, e.Message);
            return AlignedHostMemory.Shared.Allocate(tensor, byteLength);
        }
    }
}
