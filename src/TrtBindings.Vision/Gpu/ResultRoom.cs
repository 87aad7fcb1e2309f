namespace TrtBindings.Vision.Gpu;

/// <summary>
/// Device memory that kernels write results to, and pinned host memory of the same size that they are copied to. Grows, never
/// shrinks.
/// </summary>
/// <param name="kernels">Allocates.</param>
/// <param name="hasHost">Whether there is host memory; not if results stay on the device.</param>
internal sealed unsafe class ResultRoom(KernelSet kernels, bool hasHost = true) : IDisposable
{
    private readonly GpuRoom _device = new(kernels);
    private readonly GpuRoom _host = new(kernels, isPinned: true);
    private readonly GpuGrowth _growth = new();

    /// <summary>Size in bytes.</summary>
    public nint ByteLength => _device.ByteLength;

    /// <summary>Address on the device.</summary>
    public nint Device => _device.Address;

    /// <summary>Address in host memory.</summary>
    public nint Host => _host.Address;

    /// <summary>Makes the memory at least so large. What was in it is lost if it grows.</summary>
    /// <returns>Whether it grew, so that its addresses changed.</returns>
    /// <exception cref="DeviceMemoryException">
    /// There is too little. The memory stays as it was, because recordings use it.
    /// </exception>
    public bool Ensure(nint bytes)
    {
        if (bytes <= ByteLength) return false;
        try
        {
            _growth.Add(_device, bytes);
            if (hasHost) _growth.Add(_host, bytes);
            return _growth.Commit();
        }
        finally
        {
            _growth.Discard();
        }
    }

    /// <summary>Queues the download of the first bytes.</summary>
    public void Download(GpuQueue queue, nint bytes) => queue.Download(Host, Device, bytes);

    /// <summary>
    /// Queues -1 for the first bytes, here and on the device: the run makes no results, for want of room that cannot be allocated
    /// while it is recorded. It is queued and not noted here, because a recording of it may be replayed later.
    /// </summary>
    public void QueueLack(GpuQueue queue, nint bytes)
    {
        queue.Fill(Device, 0xFF, bytes);
        Download(queue, bytes);
    }

    /// <summary>Values in host memory, which may have more than 2 GB in all.</summary>
    /// <param name="offset">Offset of the first in bytes.</param>
    /// <param name="count">Number of values.</param>
    public ReadOnlySpan<T> Read<T>(nint offset, int count)
        where T : unmanaged => new((byte*)Host + offset, count);

    /// <summary>Frees the memory. No run may use it.</summary>
    public void Dispose()
    {
        _device.Dispose();
        _host.Dispose();
    }
}
