using System.Diagnostics;

namespace TrtBindings.Interop.Cuda;

/// <summary>
/// All device memory of one context comes from here: this library's buffers and what native libraries ask for. Freed
/// memory is kept for the next allocation; <see cref="Trim"/> gives it back to the driver.
/// </summary>
internal abstract class CudaAllocator
{
    /// <summary>Every address is a multiple of it, which is what TensorRT asks of tensors.</summary>
    public const nint Alignment = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<nint, nint> _sizes = [];
    private readonly List<(nint Address, CudaStream Stream)> _deferred = [];
    private CudaStream? _ownStream;
    private long _bytesInUse;

    protected CudaAllocator(CudaContext context) => Context = context;

    public CudaContext Context { get; }

    /// <summary>Bytes that are handed out, each range rounded up to <see cref="Alignment"/>.</summary>
    public long BytesInUse => Interlocked.Read(ref _bytesInUse);

    /// <summary>Bytes that the driver has set aside for this allocator, in use or kept.</summary>
    public abstract long BytesReserved { get; }

    /// <summary>Ranges that are handed out.</summary>
    public int LiveRanges
    {
        get
        {
            lock (_gate) return _sizes.Count;
        }
    }

    /// <summary>The driver's pool where the device has pools, else a free list of our own.</summary>
    public static CudaAllocator Create(CudaContext context) =>
        context.Device.HasMemoryPools ? CudaPoolAllocator.Open(context) : new CudaFreeListAllocator(context);

    /// <summary>Memory for work on one stream.</summary>
    /// <param name="bytes">At least 0; memory of 0 bytes has an address too.</param>
    /// <param name="stream">The stream that uses the memory, and that it is freed on.</param>
    /// <exception cref="DeviceMemoryException">The device has too little free.</exception>
    /// <exception cref="CudaException">A capture is going on: memory of a graph is not this allocator's.</exception>
    public DeviceMemory Allocate(nint bytes, CudaStream stream)
    {
        if (stream.IsCapturing)
        {
            throw CudaStatus.ToException(Context.Api, CudaResult.StreamCaptureUnsupported, "cuMemAllocAsync",
                "Allocate before the capture begins.");
        }

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

    /// <summary>Memory that any stream may use at once; freeing it is up to the caller's order of work.</summary>
    /// <param name="bytes">At least 0; memory of 0 bytes has an address too.</param>
    /// <exception cref="DeviceMemoryException">The device has too little free.</exception>
    public DeviceMemory Allocate(nint bytes)
    {
        var stream = OwnStream();
        var memory = Allocate(bytes, stream);
        stream.Synchronize();
        return memory;
    }

    /// <summary>Memory that any stream may use at once, for a native library that keeps addresses itself.</summary>
    public nint AllocateRaw(nint bytes)
    {
        var stream = OwnStream();
        var address = AllocateRaw(bytes, stream.Raw);
        stream.Synchronize();
        return address;
    }

    /// <summary>The same for a native library that keeps addresses itself; <see cref="FreeRaw"/> takes it back.</summary>
    public nint AllocateRaw(nint bytes, nint stream)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        var size = checked((Math.Max(bytes, 1) + Alignment - 1) / Alignment * Alignment);
        using var scope = Context.Enter();
        FreeDeferred();
        var address = Take(size, stream, bytes);
        Debug.Assert(address % Alignment == 0, "the driver aligns to 256 bytes at least");
        lock (_gate) _sizes.Add(address, size);
        Interlocked.Add(ref _bytesInUse, size);
        return address;
    }

    /// <summary>Frees after what is queued on a stream; 0 waits for all work of the device first.</summary>
    /// <returns>Whether the address was one of this allocator's that is not freed yet. Nothing is thrown.</returns>
    public bool FreeRaw(nint address, nint stream)
    {
        nint size;
        lock (_gate)
        {
            if (!_sizes.Remove(address, out size)) return false;
        }

        Interlocked.Add(ref _bytesInUse, -size);
        // Where the context is lost its memory is gone.
        if (!Context.TryEnter(out var scope)) return true;
        using (scope) Give(address, size, stream);
        return true;
    }

    /// <summary>Gives the memory that is kept and not in use back to the driver; waits for the device.</summary>
    public void Trim()
    {
        using var scope = Context.Enter();
        FreeDeferred();
        Context.Check(ReleaseKept(), "cuMemPoolTrimTo");
    }

    /// <summary>Frees on a stream and lets the stream go; <see cref="DeviceMemory"/> calls it once.</summary>
    internal void Release(nint address, CudaStream stream)
    {
        // A free in a stream that is being captured would spoil the capture, and a finalizer cannot know.
        if (stream.IsCapturing)
        {
            lock (_gate) _deferred.Add((address, stream));
            return;
        }

        _ = FreeRaw(address, stream.DangerousGetHandle());
        stream.DangerousRelease();
    }

    /// <summary>A range of exactly this size or larger, usable on the stream; the context is current.</summary>
    /// <param name="size">A multiple of <see cref="Alignment"/>.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="asked">What the caller asked for, for the message.</param>
    protected abstract nint Take(nint size, nint stream, nint asked);

    /// <summary>Takes a range back without throwing; the context is current.</summary>
    protected abstract void Give(nint address, nint size, nint stream);

    /// <summary>Gives kept memory back after waiting for the device; the context is current.</summary>
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
