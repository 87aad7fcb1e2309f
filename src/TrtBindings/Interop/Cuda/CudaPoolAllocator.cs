namespace TrtBindings.Interop.Cuda;

/// <summary>
/// Allocates from a memory pool of the driver with the
/// <see href="https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__MALLOC__ASYNC.html">stream-ordered allocator</see>:
/// allocating and freeing are queued on a stream.
/// </summary>
internal sealed unsafe class CudaPoolAllocator : CudaAllocator
{
    // CUmemPool_attribute.
    private const int ReleaseThreshold = 4;
    private const int ReservedCurrent = 5;

    private const int MostEvents = 32;

    // CU_EVENT_DISABLE_TIMING.
    private const uint DisableTiming = 2;

    // Events behind the last frees: the pool can return memory only after its stream has come to the free.
    private readonly Lock _gate = new();
    private readonly Queue<nint> _frees = [];

    // Never destroyed: like the context, it lives until the process ends.
    private readonly nint _pool;

    private CudaPoolAllocator(CudaContext context, nint pool)
        : base(context) => _pool = pool;

    /// <summary>Bytes that the driver has reserved; 0 if the context is lost.</summary>
    public override long BytesReserved
    {
        get
        {
            ulong bytes = 0;
            if (!Context.TryEnter(out var scope)) return 0;
            using (scope) Context.Check(Context.Api.MemPoolGetAttribute(_pool, ReservedCurrent, &bytes), "cuMemPoolGetAttribute");
            return (long)bytes;
        }
    }

    /// <summary>Creates a separate pool, so that its limits and statistics are not shared with other libraries.</summary>
    public static CudaPoolAllocator Open(CudaContext context)
    {
        using var scope = context.Enter();
        nint pool;
        var properties = CudaMemoryPoolProperties.On(context.Device.Handle);
        context.Check(context.Api.MemPoolCreate(&pool, &properties), "cuMemPoolCreate");
        // By default a pool returns all unused memory at each synchronization, and the next run would allocate again.
        var keepAll = ulong.MaxValue;
        context.Check(context.Api.MemPoolSetAttribute(pool, ReleaseThreshold, &keepAll), "cuMemPoolSetAttribute");
        return new(context, pool);
    }

    protected override nint Take(nint size, nint stream, nint asked)
    {
        nint address;
        var result = Context.Api.MemAllocFromPoolAsync(&address, (nuint)size, _pool, stream);
        if (result == CudaResult.OutOfMemory && ReleaseKept() == CudaResult.Success)
            result = Context.Api.MemAllocFromPoolAsync(&address, (nuint)size, _pool, stream);
        return result == CudaResult.Success
            ? address
            : throw Context.AllocationError(result, "cuMemAllocFromPoolAsync", asked);
    }

    protected override void Give(nint address, nint size, nint stream)
    {
        var api = Context.Api;
        var result = stream == 0 ? CudaResult.InvalidHandle : api.MemFreeAsync(address, stream);
        if (result == CudaResult.Success) NoteFree(stream);
        // The application may have destroyed its stream. cuMemFree needs none: it waits for all work itself.
        if (result != CudaResult.Success && !CudaStatus.IsSticky(result)) result = api.MemFree(address);
        Context.Note(result, "cuMemFreeAsync");
    }

    protected override CudaResult ReleaseKept()
    {
        lock (_gate)
        {
            while (_frees.TryDequeue(out var done))
            {
                var result = Context.Api.EventSynchronize(done);
                _ = Context.Api.EventDestroy(done);
                if (result != CudaResult.Success) return result;
            }
        }

        return Context.Api.MemPoolTrimTo(_pool, 0);
    }

    /// <summary>Remembers a free for <see cref="ReleaseKept"/>. Where that fails, memory is returned later.</summary>
    private void NoteFree(nint stream)
    {
        lock (_gate)
        {
            nint done;
            if (_frees.Count < MostEvents)
            {
                if (Context.Api.EventCreate(&done, DisableTiming) != CudaResult.Success) return;
            }
            else
            {
                done = _frees.Dequeue();
            }

            if (Context.Api.EventRecord(done, stream) == CudaResult.Success) _frees.Enqueue(done);
            else _ = Context.Api.EventDestroy(done);
        }
    }
}
