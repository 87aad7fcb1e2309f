namespace TrtBindings.Vision.Gpu;

/// <summary>Device memory, and pinned memory if asked, that grows and keeps its address while it is enough.</summary>
/// <param name="kernels">Allocates the memory.</param>
/// <param name="isPinned">Whether it is pinned host memory.</param>
internal sealed class GpuRoom(KernelSet kernels, bool isPinned = false) : IDisposable
{
    private DeviceBuffer? _device;
    private PinnedBuffer? _pinned;

    /// <summary>The address; 0 before the first <see cref="Need"/>.</summary>
    public nint Address => isPinned ? _pinned?.Address ?? 0 : _device?.Address ?? 0;

    /// <summary>Size in bytes.</summary>
    public nint ByteLength => isPinned ? _pinned?.ByteLength ?? 0 : _device?.ByteLength ?? 0;

    /// <summary>The bytes of pinned memory.</summary>
    public Span<byte> Span => _pinned is null ? default : _pinned.Span;

    /// <summary>Makes it large enough. Its content is lost if it grows.</summary>
    /// <returns>True if the address changed.</returns>
    /// <exception cref="DeviceMemoryException">There is too little free; the memory that was there is gone.</exception>
    public bool Need(nint bytes)
    {
        if (ByteLength >= bytes && Address != 0) return false;
        // Freed first, so that old and new need not fit together.
        Dispose();
        if (isPinned) _pinned = kernels.AllocatePinned(bytes);
        else _device = kernels.Allocate(bytes);
        return true;
    }

    public void Dispose()
    {
        (var device, _device) = (_device, null);
        (var pinned, _pinned) = (_pinned, null);
        device?.Dispose();
        pinned?.Dispose();
    }
}
