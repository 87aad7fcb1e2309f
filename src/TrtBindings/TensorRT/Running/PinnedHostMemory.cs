using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using TrtBindings.Interop.Cuda;
using TrtBindings.Tensors;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// Allocates pinned host memory, which the GPU copies from and to while other work goes on. If the system cannot pin that
/// much, pageable memory is used and a log line says so: the results are the same, but copies do not overlap.
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

/// <summary>A pinned host buffer that the library owns. It starts with zeros, like every host buffer.</summary>
internal sealed unsafe class PinnedBuffer : HostBuffer
{
    private readonly PinnedMemory _memory;

    /// <summary>Takes ownership of the memory.</summary>
    public PinnedBuffer(PinnedMemory memory)
    {
        _memory = memory;
        Address = memory.Address;
        ByteLength = memory.ByteLength;
        NativeMemory.Clear((void*)Address, (nuint)ByteLength);
    }

    /// <inheritdoc/>
    public override bool CanGrow => true;

    /// <inheritdoc/>
    public override void Dispose()
    {
        Address = 0;
        _memory.Dispose();
    }
}
