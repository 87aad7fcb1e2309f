namespace TrtBindings.Interop.Cuda;

/// <summary>Host memory that the device reads and writes directly, so that copies run beside the processor.</summary>
internal sealed unsafe class PinnedMemory : CudaHandle
{
    // CU_MEMHOSTALLOC_PORTABLE: pinned for every device, not only this context's.
    private const uint Portable = 1;

    private PinnedMemory(CudaContext context, nint byteLength)
        : base(context) => ByteLength = byteLength;

    /// <summary>The size in bytes.</summary>
    public nint ByteLength { get; }

    /// <summary>The first byte; aligned to a page.</summary>
    public nint Address => Raw;

    /// <summary>New memory; what is in it is undefined.</summary>
    /// <param name="context">The context.</param>
    /// <param name="bytes">At least 0; memory of 0 bytes has an address too.</param>
    /// <exception cref="DeviceMemoryException">The system cannot pin that much.</exception>
    public static PinnedMemory Allocate(CudaContext context, nint bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        using var scope = context.Enter();
        var memory = new PinnedMemory(context, bytes);
        void* address;
        var result = context.Api.MemHostAlloc(&address, (nuint)Math.Max(bytes, 1), Portable);
        if (result != CudaResult.Success) throw context.AllocationError(result, "cuMemHostAlloc", bytes);
        memory.SetHandle((nint)address);
        return memory;
    }

    /// <summary>The memory as bytes, while this is not disposed.</summary>
    public Span<byte> Span => new((void*)Raw, checked((int)ByteLength));

    protected override void FreeInContext(nint native) => Context.Note(Api.MemFreeHost((void*)native), "cuMemFreeHost");
}
