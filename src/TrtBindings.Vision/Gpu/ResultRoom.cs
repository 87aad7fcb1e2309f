using System.Runtime.InteropServices;

namespace TrtBindings.Vision.Gpu;

/// <summary>
/// Device memory that kernels write results to, and pinned host memory of the same size that they are copied to. Grows, never
/// shrinks.
/// </summary>
/// <param name="kernels">Allocates.</param>
/// <param name="hasHost">Whether there is host memory; not if results stay on the device.</param>
internal sealed class ResultRoom(KernelSet kernels, bool hasHost = true) : IDisposable
{
    private DeviceBuffer? _device;
    private PinnedBuffer? _host;

    /// <summary>Size in bytes.</summary>
    public nint ByteLength { get; private set; }

    /// <summary>Address on the device.</summary>
    public nint Device => _device?.Address ?? 0;

    /// <summary>Address in host memory.</summary>
    public nint Host => _host?.Address ?? 0;

    /// <summary>Makes the memory at least so large. What was in it is lost if it grows.</summary>
    /// <returns>Whether it grew, so that its addresses changed.</returns>
    /// <exception cref="DeviceMemoryException">There is too little; then there is none, until the next call.</exception>
    public bool Ensure(nint bytes)
    {
        if (bytes <= ByteLength) return false;
        Dispose();
        _device = kernels.Allocate(bytes);
        if (hasHost) _host = kernels.AllocatePinned(bytes);
        ByteLength = bytes;
        return true;
    }

    /// <summary>Queues the download of the first bytes.</summary>
    public void Download(GpuQueue queue, nint bytes) => queue.Download(Host, Device, bytes);

    /// <summary>Values in host memory.</summary>
    /// <param name="offset">Offset of the first in bytes.</param>
    /// <param name="count">Number of values.</param>
    public ReadOnlySpan<T> Read<T>(nint offset, int count)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(_host!.Span[(int)offset..])[..count];

    /// <summary>Frees the memory. No run may use it.</summary>
    public void Dispose()
    {
        ByteLength = 0;
        _device?.Dispose();
        _host?.Dispose();
        (_device, _host) = (null, null);
    }
}
