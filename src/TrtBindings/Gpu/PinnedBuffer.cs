using TrtBindings.Interop.Cuda;

namespace TrtBindings;

/// <summary>
/// Pinned host memory, which a GPU reads and writes directly: copies from and to it run beside the processor's work. Pictures in
/// it are uploaded without a copy by the processor. It is scarce, because the system cannot move it; allocate it once.
/// </summary>
public sealed class PinnedBuffer : IDisposable
{
    private readonly PinnedMemory _memory;

    private PinnedBuffer(PinnedMemory memory) => _memory = memory;

    /// <summary>Address of the first byte, for the processor and for the GPU.</summary>
    /// <exception cref="ObjectDisposedException">The buffer is disposed.</exception>
    public nint Address => _memory.Address;

    /// <summary>Size in bytes.</summary>
    public nint ByteLength => _memory.ByteLength;

    /// <summary>The memory. Valid until the buffer is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The buffer is disposed.</exception>
    public Span<byte> Span => _memory.Span;

    /// <summary>Allocates pinned host memory. Its content is undefined.</summary>
    /// <param name="byteLength">Size in bytes, at least 0.</param>
    /// <param name="gpu">The GPU of the model that will use it; the first GPU by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    /// <exception cref="DeviceMemoryException">The system cannot pin that much.</exception>
    /// <exception cref="NativeLibraryException">The NVIDIA driver is missing or too old.</exception>
    /// <exception cref="CudaException">There is no such GPU.</exception>
    public static PinnedBuffer Allocate(nint byteLength, GpuDevice gpu = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteLength);
        return Allocate(Tensors.Gpus.ContextOf(gpu), byteLength);
    }

    /// <summary>Frees the memory. No work that is queued on a GPU may use it any more.</summary>
    public void Dispose() => _memory.Dispose();

    internal static PinnedBuffer Allocate(CudaContext context, nint byteLength) =>
        new(PinnedMemory.Allocate(context, byteLength));
}
