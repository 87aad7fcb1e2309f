namespace TrtBindings.Interop.Cuda;

/// <summary>
/// Pinned host memory, from
/// <see href="https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__MEM.html">cuMemHostAlloc</see>. The device reads and
/// writes it directly, so copies run in parallel with the CPU.
/// </summary>
internal sealed unsafe class PinnedMemory : CudaHandle
{
    // CU_MEMHOSTALLOC_PORTABLE: pinned for every device, not only this context's.
    private const uint Portable = 1;

    private PinnedMemory(CudaContext context, nint byteLength)
        : base(context) => ByteLength = byteLength;

    /// <summary>The size in bytes.</summary>
    public nint ByteLength { get; }

    /// <summary>Address of the first byte, aligned to a page.</summary>
    public nint Address => Raw;

    /// <summary>Allocates memory. Its content is undefined.</summary>
    /// <param name="context">The context.</param>
    /// <param name="bytes">Size, at least 0. Memory of 0 bytes also has an address.</param>
    /// <exception cref="DeviceMemoryException">The system cannot pin that much memory.</exception>
    public static PinnedMemory Allocate(CudaContext context, nint bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        if (CudaGraph.IsCapturedHere) throw CudaGraph.NoMemoryNow(context);
        using var scope = context.Enter();
        var memory = new PinnedMemory(context, bytes);
        void* address;
        var result = context.Api.MemHostAlloc(&address, (nuint)Math.Max(bytes, 1), Portable);
        if (result != CudaResult.Success) throw context.AllocationError(result, "cuMemHostAlloc", bytes);
        memory.SetHandle((nint)address);
        return memory;
    }

    /// <summary>The memory as bytes. Valid until this object is disposed.</summary>
    public Span<byte> Span => new((void*)Raw, checked((int)ByteLength));

    protected override void FreeInContext(nint native) => Context.Note(Api.MemFreeHost((void*)native), "cuMemFreeHost");
}
