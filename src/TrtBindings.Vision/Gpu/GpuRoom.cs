namespace TrtBindings.Vision.Gpu;

/// <summary>Device memory, or pinned host memory, that grows with a <see cref="GpuGrowth"/>.</summary>
/// <param name="kernels">Allocates the memory.</param>
/// <param name="isPinned">Whether it is pinned host memory.</param>
internal sealed class GpuRoom(KernelSet kernels, bool isPinned = false) : IDisposable
{
    private DeviceBuffer? _device;
    private PinnedBuffer? _pinned;
    private DeviceBuffer? _nextDevice;
    private PinnedBuffer? _nextPinned;

    /// <summary>The address; 0 while there is no memory.</summary>
    public nint Address => isPinned ? _pinned?.Address ?? 0 : _device?.Address ?? 0;

    /// <summary>Size in bytes.</summary>
    public nint ByteLength => isPinned ? _pinned?.ByteLength ?? 0 : _device?.ByteLength ?? 0;

    /// <summary>The bytes of pinned memory.</summary>
    public Span<byte> Span => _pinned is null ? default : _pinned.Span;

    /// <summary>Allocates more memory if needed, which takes its place with <see cref="Commit"/>.</summary>
    /// <returns>Whether it was needed.</returns>
    /// <exception cref="DeviceMemoryException">There is too little free.</exception>
    public bool Prepare(nint bytes)
    {
        if (ByteLength >= bytes && Address != 0) return false;
        // Some memory, so that there is an address.
        bytes = Math.Max(bytes, 16);
        if (isPinned) _nextPinned = kernels.AllocatePinned(bytes);
        else _nextDevice = kernels.Allocate(bytes);
        return true;
    }

    /// <summary>Replaces the memory by what was prepared.</summary>
    public void Commit()
    {
        _device?.Dispose();
        _pinned?.Dispose();
        (_device, _pinned, _nextDevice, _nextPinned) = (_nextDevice, _nextPinned, null, null);
    }

    /// <summary>Frees what was prepared.</summary>
    public void Discard()
    {
        _nextDevice?.Dispose();
        _nextPinned?.Dispose();
        (_nextDevice, _nextPinned) = (null, null);
    }

    public void Dispose()
    {
        Discard();
        Commit();
    }
}
