using System.Diagnostics;

namespace TrtBindings.Interop.Cuda;

/// <summary>
/// Allocates all device memory of one context: buffers of this library and memory that native libraries ask for. Freed
/// memory is kept for the next allocation. <see cref="Trim"/> returns it to the driver.
/// </summary>
internal abstract class CudaAllocator
{
    /// <summary>Every address is a multiple of this, as TensorRT requires for tensors.</summary>
    public const nint Alignment = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<nint, nint> _sizes = [];
    private readonly List<(nint Address, CudaStream Stream)> _deferred = [];
    private CudaStream? _ownStream;
    private long _bytesInUse;

    protected CudaAllocator(CudaContext context) => Context = context;

    public CudaContext Context { get; }

    /// <summary>Allocated bytes, each range rounded up to <see cref="Alignment"/>.</summary>
    public long BytesInUse => Interlocked.Read(ref _bytesInUse);

    /// <summary>Bytes that the driver has reserved for this allocator, allocated or kept.</summary>
    public abstract long BytesReserved { get; }

    /// <summary>Number of allocated ranges.</summary>
    public int LiveRanges
    {
        get
        {
            lock (_gate) return _sizes.Count;
        }
    }

    /// <summary>Uses a memory pool of the driver if the device has pools, otherwise a free list.</summary>
    public static CudaAllocator Create(CudaContext context) =>
        context.Device.HasMemoryPools ? CudaPoolAllocator.Open(context) : new CudaFreeListAllocator(context);

    /// <summary>Allocates memory for work on one stream.</summary>
    /// <param name="bytes">Size, at least 0. Memory of 0 bytes also has an address.</param>
    /// <param name="stream">The stream that uses the memory. It is freed on this stream.</param>
    /// <exception cref="DeviceMemoryException">The device has too little free memory.</exception>
    /// <exception cref="CudaException">
    /// The stream is being captured. Allocation is refused during capture, because the memory would belong to the graph.
    /// </exception>
    public DeviceMemory Allocate(nint bytes, CudaStream stream)
    {
        if (stream.IsCapturing) throw CudaGraph.NoMemoryNow(Context);
        var address = AllocateRaw(bytes, stream.Raw);
        try
        {
            return new(this, address, bytes, stream);
        }
        catch (ObjectDisposedException)
        {
            FreeRaw(address, 0);
            throw;
        }
    }

    /// <summary>
    /// Allocates memory that every stream can use at once. The caller must free it only after all work on it is complete.
    /// </summary>
    /// <param name="bytes">Size, at least 0. Memory of 0 bytes also has an address.</param>
    /// <exception cref="DeviceMemoryException">The device has too little free memory.</exception>
    public DeviceMemory Allocate(nint bytes)
    {
        var stream = OwnStream();
        var memory = Allocate(bytes, stream);
        stream.Synchronize();
        return memory;
    }

    /// <summary>
    /// Allocates memory that every stream can use at once, for a native library that keeps track of addresses itself.
    /// </summary>
    public nint AllocateRaw(nint bytes)
    {
        var stream = OwnStream();
        var address = AllocateRaw(bytes, stream.Raw);
        stream.Synchronize();
        return address;
    }

    /// <summary>
    /// Allocates memory for work on one stream, for a native library that keeps track of addresses itself.
    /// <see cref="FreeRaw"/> frees it.
    /// </summary>
    public nint AllocateRaw(nint bytes, nint stream)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        if (CudaGraph.IsCapturedHere) throw CudaGraph.NoMemoryNow(Context);
        var size = checked((Math.Max(bytes, 1) + Alignment - 1) / Alignment * Alignment);
        using var scope = Context.Enter();
        FreeDeferred();
        var address = Take(size, stream, bytes);
        Debug.Assert(address % Alignment == 0, "the driver aligns to at least 256 bytes");
        lock (_gate) _sizes.Add(address, size);
        Interlocked.Add(ref _bytesInUse, size);
        return address;
    }

    /// <summary>
    /// Frees memory after the work that is queued on a stream. With stream 0, waits for all work of the device first. Does not
    /// throw.
    /// </summary>
    /// <returns>False if this allocator did not allocate the address, or has already freed it.</returns>
    public bool FreeRaw(nint address, nint stream)
    {
        nint size;
        lock (_gate)
        {
            if (!_sizes.Remove(address, out size)) return false;
        }

        Interlocked.Add(ref _bytesInUse, -size);
        // The memory of a lost context is already gone.
        if (!Context.TryEnter(out var scope)) return true;
        using (scope) Give(address, size, stream);
        return true;
    }

    /// <summary>Waits for work that uses freed memory and returns the memory to the driver.</summary>
    public void Trim()
    {
        using var scope = Context.Enter();
        FreeDeferred();
        Context.Check(ReleaseKept(), "cuMemPoolTrimTo");
    }

    /// <summary>Frees memory on a stream and releases the stream. <see cref="DeviceMemory"/> calls it once.</summary>
    internal void Release(nint address, CudaStream stream)
    {
        // Freeing on a stream that is being captured would invalidate the capture. A finalizer cannot avoid that moment, so the
        // free is deferred.
        if (stream.IsCapturing)
        {
            lock (_gate) _deferred.Add((address, stream));
            return;
        }

        _ = FreeRaw(address, stream.DangerousGetHandle());
        stream.DangerousRelease();
    }

    /// <summary>Gets a range of at least this size that the stream can use. The context is current.</summary>
    /// <param name="size">Size in bytes, a multiple of <see cref="Alignment"/>.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="asked">The size that the caller asked for, for the error message.</param>
    protected abstract nint Take(nint size, nint stream, nint asked);

    /// <summary>Frees a range without throwing. The context is current.</summary>
    protected abstract void Give(nint address, nint size, nint stream);

    /// <summary>Returns kept memory to the driver, after the work that used it. The context is current.</summary>
    protected abstract CudaResult ReleaseKept();

    private CudaStream OwnStream()
    {
        lock (_gate) return _ownStream ??= CudaStream.Create(Context);
    }

    private void FreeDeferred()
    {
        while (true)
        {
            (nint Address, CudaStream Stream) next;
            lock (_gate)
            {
                var index = _deferred.FindIndex(entry => !entry.Stream.IsCapturing);
                if (index < 0) return;
                next = _deferred[index];
                _deferred.RemoveAt(index);
            }

            Release(next.Address, next.Stream);
        }
    }
}
