namespace TrtBindings.Interop.Cuda;

/// <summary>
/// A <see href="https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__STREAM.html">CUDA stream</see>: a queue of work on a
/// device. Every member makes the context current, so it can be called from any thread.
/// </summary>
/// <remarks>
/// Copies and fills are only queued when a method returns. Source and destination must stay allocated and unchanged until
/// the stream has executed them. A copy runs in parallel with the CPU only if the host memory is pinned.
/// </remarks>
internal sealed unsafe class CudaStream : CudaHandle
{
    // CU_STREAM_NON_BLOCKING: the stream does not synchronize with the default stream, which any library may use.
    private const uint NonBlocking = 1;

    // CU_EVENT_WAIT_EXTERNAL.
    private const uint WaitExternal = 1;

    /// <summary>Handles 0 to 2 are not objects: they name the default streams.</summary>
    private const nint LastDefaultStream = 2;

    private const string NonBlockingFix =
        "Create a stream with cudaStreamCreateWithFlags (cudaStreamNonBlocking) and pass that one.";

    private int _captures;

    private CudaStream(CudaContext context, bool isForeign)
        : base(context) => IsForeign = isForeign;

    /// <summary>True if the application created the stream and destroys it.</summary>
    public bool IsForeign { get; }

    /// <summary>True while this library captures the stream.</summary>
    public bool IsCapturing => Volatile.Read(ref _captures) > 0;

    /// <summary>Creates a stream of default priority.</summary>
    public static CudaStream Create(CudaContext context)
    {
        using var scope = context.Enter();
        var stream = new CudaStream(context, isForeign: false);
        nint raw;
        context.Check(context.Api.StreamCreateWithPriority(&raw, NonBlocking, 0), "cuStreamCreateWithPriority");
        stream.SetHandle(raw);
        return stream;
    }

    /// <summary>
    /// Wraps a stream of the application, which is never destroyed here. The application must keep it until this object and
    /// all memory that is freed on the stream are disposed.
    /// </summary>
    /// <param name="context">The context that the stream must belong to.</param>
    /// <param name="raw">The <c>CUstream</c> or <c>cudaStream_t</c>.</param>
    /// <exception cref="CudaException">
    /// It is a default stream, waits for that one, or is of another device or context.
    /// </exception>
    public static CudaStream Wrap(CudaContext context, nint raw)
    {
        using var scope = context.Enter();
        if (raw is >= 0 and <= LastDefaultStream)
        {
            throw CudaStatus.ToException(context.Api, CudaResult.InvalidHandle, "cuStreamGetCtx",
                $"A default stream cannot be used, because it waits for all other work. {NonBlockingFix}");
        }

        nint owner;
        context.Check(context.Api.StreamGetCtx(raw, &owner), "cuStreamGetCtx");
        if (owner != context.Raw)
        {
            throw CudaStatus.ToException(context.Api, CudaResult.InvalidContext, "cuStreamGetCtx",
                $"The stream does not belong to the primary context of {context.Device}. Create it on that GPU with "
                + "cudaStreamCreate, or while that primary context is current.");
        }

        uint flags;
        context.Check(context.Api.StreamGetFlags(raw, &flags), "cuStreamGetFlags");
        if ((flags & NonBlocking) == 0)
        {
            throw CudaStatus.ToException(context.Api, CudaResult.InvalidHandle, "cuStreamGetFlags",
                "The stream waits for the default stream, and work there would break the recording of CUDA graphs. "
                + NonBlockingFix);
        }

        var stream = new CudaStream(context, isForeign: true);
        stream.SetHandle(raw);
        return stream;
    }

    /// <summary>Waits until all queued work is complete, and throws if any of it failed.</summary>
    public void Synchronize()
    {
        using var scope = Context.Enter();
        Check(Api.StreamSynchronize(Raw), "cuStreamSynchronize");
    }

    /// <summary>True if all queued work is complete. Throws if any of it failed.</summary>
    public bool IsIdle()
    {
        using var scope = Context.Enter();
        var result = Api.StreamQuery(Raw);
        if (result == CudaResult.NotReady) return false;
        Check(result, "cuStreamQuery");
        return true;
    }

    /// <summary>Makes work that is queued from now on wait for an event. The calling thread does not wait.</summary>
    /// <param name="recorded">The event.</param>
    /// <param name="external">In a capture: the graph waits at each launch for what the event then was recorded after.</param>
    public void WaitFor(CudaEvent recorded, bool external = false)
    {
        using var scope = Context.Enter();
        Check(Api.StreamWaitEvent(Raw, recorded.Raw, external ? WaitExternal : 0), "cuStreamWaitEvent");
    }

    /// <summary>Queues a copy from host to device.</summary>
    /// <param name="device">Destination address on the device.</param>
    /// <param name="host">Source address.</param>
    /// <param name="bytes">Size in bytes. Nothing is queued for 0.</param>
    public void CopyToDevice(nint device, void* host, nint bytes)
    {
        if (bytes == 0) return;
        using var scope = Context.Enter();
        Check(Api.MemcpyHtoDAsync(device, host, checked((nuint)bytes), Raw), "cuMemcpyHtoDAsync");
    }

    /// <summary>Queues a copy of rows from host to device.</summary>
    /// <param name="device">Address of the first row on the device.</param>
    /// <param name="devicePitch">Bytes from one row to the next on the device.</param>
    /// <param name="host">Address of the first row in host memory.</param>
    /// <param name="hostPitch">Bytes from one row to the next in host memory.</param>
    /// <param name="rowBytes">Bytes of a row, above 0.</param>
    /// <param name="rows">Number of rows, above 0.</param>
    public void CopyRowsToDevice(nint device, nint devicePitch, void* host, nint hostPitch, nint rowBytes, nint rows)
    {
        var copy = CudaCopyOfRows.ToDevice(device, devicePitch, host, hostPitch, rowBytes, rows);
        using var scope = Context.Enter();
        Check(Api.Memcpy2DAsync(&copy, Raw), "cuMemcpy2DAsync");
    }

    /// <summary>Queues a copy from device to host.</summary>
    /// <param name="host">Destination address.</param>
    /// <param name="device">Source address on the device.</param>
    /// <param name="bytes">Size in bytes. Nothing is queued for 0.</param>
    public void CopyToHost(void* host, nint device, nint bytes)
    {
        if (bytes == 0) return;
        using var scope = Context.Enter();
        Check(Api.MemcpyDtoHAsync(host, device, checked((nuint)bytes), Raw), "cuMemcpyDtoHAsync");
    }

    /// <summary>Queues a copy from device to device.</summary>
    /// <param name="destination">Destination address on a device.</param>
    /// <param name="source">Source address on a device.</param>
    /// <param name="bytes">Size in bytes. Nothing is queued for 0.</param>
    public void CopyOnDevice(nint destination, nint source, nint bytes)
    {
        if (bytes == 0) return;
        using var scope = Context.Enter();
        Check(Api.MemcpyDtoDAsync(destination, source, checked((nuint)bytes), Raw), "cuMemcpyDtoDAsync");
    }

    /// <summary>Queues a fill of a range with one byte value.</summary>
    /// <param name="device">Address of the range on the device.</param>
    /// <param name="value">The value of every byte.</param>
    /// <param name="bytes">Size in bytes. Nothing is queued for 0.</param>
    public void Fill(nint device, byte value, nint bytes)
    {
        if (bytes == 0) return;
        using var scope = Context.Enter();
        Check(Api.MemsetD8Async(device, value, checked((nuint)bytes), Raw), "cuMemsetD8Async");
    }

    /// <summary>Records the start or the end of a capture. Called by <see cref="CudaGraph.Capture"/>.</summary>
    internal void NoteCapture(bool begins)
    {
        if (begins) Interlocked.Increment(ref _captures);
        else Interlocked.Decrement(ref _captures);
    }

    protected override void FreeInContext(nint native)
    {
        if (!IsForeign) Context.Note(Api.StreamDestroy(native), "cuStreamDestroy");
    }
}
