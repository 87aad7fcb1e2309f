namespace TrtBindings.Interop.Cuda;

/// <summary>A queue of work on a device. Every member makes the context current, so any thread may call it.</summary>
internal sealed unsafe partial class CudaStream : CudaHandle
{
    // CU_STREAM_NON_BLOCKING: work on the default stream, which any library may use, does not wait for this one.
    private const uint NonBlocking = 1;

    /// <summary>Handles up to this one are the driver's names for default streams, no objects.</summary>
    private const nint LastDefaultStream = 2;

    private int _captures;

    private CudaStream(CudaContext context, bool isForeign)
        : base(context) => IsForeign = isForeign;

    /// <summary>Whether the application made the stream and destroys it.</summary>
    public bool IsForeign { get; }

    /// <summary>Whether a capture that this library began is going on.</summary>
    public bool IsCapturing => Volatile.Read(ref _captures) > 0;

    /// <summary>A new stream.</summary>
    /// <param name="context">The context that the stream belongs to.</param>
    /// <param name="priority">0, or lower (a negative number) to be served first; the driver limits it.</param>
    public static CudaStream Create(CudaContext context, int priority = 0)
    {
        using var scope = context.Enter();
        var stream = new CudaStream(context, isForeign: false);
        nint raw;
        context.Check(context.Api.StreamCreateWithPriority(&raw, NonBlocking, priority), "cuStreamCreateWithPriority");
        stream.SetHandle(raw);
        return stream;
    }

    /// <summary>
    /// A stream that the application made: used, and never destroyed. The application keeps it until this object is
    /// disposed and so is all memory that is freed on it.
    /// </summary>
    /// <param name="context">The context that it must belong to.</param>
    /// <param name="raw">The <c>CUstream</c> or <c>cudaStream_t</c>.</param>
    /// <exception cref="CudaException">A default stream, or a stream of another device or context.</exception>
    public static CudaStream Wrap(CudaContext context, nint raw)
    {
        using var scope = context.Enter();
        if (raw is >= 0 and <= LastDefaultStream)
        {
            throw CudaStatus.ToException(context.Api, CudaResult.InvalidHandle, "cuStreamGetCtx",
                "A default stream cannot be used: it waits for all other work. Make a stream with cudaStreamCreateWithFlags "
                + "(cudaStreamNonBlocking) and give that one.");
        }

        nint owner;
        context.Check(context.Api.StreamGetCtx(raw, &owner), "cuStreamGetCtx");
        if (owner != context.Raw)
        {
            throw CudaStatus.ToException(context.Api, CudaResult.InvalidContext, "cuStreamGetCtx",
                $"The stream was made in another context than the primary context of {context.Device}. Make it on that GPU "
                + "with cudaStreamCreate, or with that primary context current.");
        }

        var stream = new CudaStream(context, isForeign: true);
        stream.SetHandle(raw);
        return stream;
    }

    /// <summary>Waits until everything queued so far is done, and reports what went wrong in it.</summary>
    public void Synchronize()
    {
        using var scope = Context.Enter();
        Check(Api.StreamSynchronize(Raw), "cuStreamSynchronize");
    }

    /// <summary>Whether everything queued so far is done.</summary>
    public bool IsIdle()
    {
        using var scope = Context.Enter();
        var result = Api.StreamQuery(Raw);
        if (result == CudaResult.NotReady) return false;
        Check(result, "cuStreamQuery");
        return true;
    }

    /// <summary>What is queued from now on starts after the event; this thread does not wait.</summary>
    public void WaitFor(CudaEvent recorded)
    {
        using var scope = Context.Enter();
        Check(Api.StreamWaitEvent(Raw, recorded.Raw, 0), "cuStreamWaitEvent");
    }

    /// <summary>Counts captures in and out; <see cref="CudaGraph.Capture"/> calls it.</summary>
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
