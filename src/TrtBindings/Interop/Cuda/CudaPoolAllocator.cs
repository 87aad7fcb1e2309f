namespace TrtBindings.Interop.Cuda;

/// <summary>Device memory out of a pool of the driver: allocating and freeing are entries in a stream.</summary>
internal sealed unsafe class CudaPoolAllocator : CudaAllocator
{
    // CUmemPool_attribute.
    private const int ReleaseThreshold = 4;
    private const int ReservedCurrent = 5;

    // Never destroyed: like the context, it lives as long as the process.
    private readonly nint _pool;

    private CudaPoolAllocator(CudaContext context, nint pool)
        : base(context) => _pool = pool;

    /// <summary>What the driver has set aside; 0 once the context is lost.</summary>
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

    /// <summary>A pool of our own, so that its limits and figures are not mixed with those of other libraries.</summary>
    public static CudaPoolAllocator Open(CudaContext context)
    {
        using var scope = context.Enter();
        nint pool;
        var properties = CudaMemoryPoolProperties.On(context.Device.Handle);
        context.Check(context.Api.MemPoolCreate(&pool, &properties), "cuMemPoolCreate");
        // Without it the pool gives everything back at each synchronization, and the next run allocates anew.
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
        // The application may have destroyed a stream of its own; freeing without a stream waits for all work itself.
        if (result != CudaResult.Success && !CudaStatus.IsSticky(result)) result = api.MemFree(address);
        Context.Note(result, "cuMemFreeAsync");
    }

    protected override CudaResult ReleaseKept()
    {
        var result = Context.Api.CtxSynchronize();
        return result == CudaResult.Success ? Context.Api.MemPoolTrimTo(_pool, 0) : result;
    }
}
