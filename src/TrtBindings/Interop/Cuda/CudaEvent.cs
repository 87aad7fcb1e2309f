namespace TrtBindings.Interop.Cuda;

/// <summary>
/// A <see href="https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__EVENT.html">CUDA event</see>: a point in a stream
/// that another stream or a thread can wait for.
/// </summary>
internal sealed unsafe class CudaEvent : CudaHandle
{
    // CU_EVENT_DISABLE_TIMING: an event without a timestamp is cheaper to record.
    private const uint DisableTiming = 2;

    // CU_EVENT_RECORD_EXTERNAL, which is invalid outside of a capture.
    private const uint External = 1;

    private CudaEvent(CudaContext context, bool isForeign = false)
        : base(context) => IsForeign = isForeign;

    /// <summary>True if the application made the event and destroys it.</summary>
    public bool IsForeign { get; }

    /// <summary>Creates an event. Waiting for an event that was never recorded returns at once.</summary>
    /// <param name="context">The context.</param>
    /// <param name="timing">True to record a timestamp, for <see cref="MillisecondsSince"/>.</param>
    public static CudaEvent Create(CudaContext context, bool timing = false)
    {
        using var scope = context.Enter();
        var made = new CudaEvent(context);
        nint raw;
        context.Check(context.Api.EventCreate(&raw, timing ? 0 : DisableTiming), "cuEventCreate");
        made.SetHandle(raw);
        return made;
    }

    /// <summary>Wraps an event of the application, which is never destroyed here.</summary>
    /// <param name="context">The context that the event must belong to.</param>
    /// <param name="raw">The <c>CUevent</c> or <c>cudaEvent_t</c>.</param>
    /// <exception cref="CudaException">It is no event of this GPU.</exception>
    public static CudaEvent Wrap(CudaContext context, nint raw)
    {
        using var scope = context.Enter();
        var result = context.Api.EventQuery(raw);
        if (result != CudaResult.NotReady) context.Check(result, "cuEventQuery");
        var made = new CudaEvent(context, isForeign: true);
        made.SetHandle(raw);
        return made;
    }

    /// <summary>Records the event after all work that is queued on the stream so far.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="external">In a capture: at each launch of the graph. Otherwise other streams join the capture with
    /// it.</param>
    public void Record(CudaStream stream, bool external = false)
    {
        using var scope = Context.Enter();
        if (external) Check(Api.EventRecordWithFlags(Raw, stream.Raw, External), "cuEventRecordWithFlags");
        else Check(Api.EventRecord(Raw, stream.Raw), "cuEventRecord");
    }

    /// <summary>True if the stream has reached the event, or if it was never recorded.</summary>
    public bool IsReached()
    {
        using var scope = Context.Enter();
        var result = Api.EventQuery(Raw);
        if (result == CudaResult.NotReady) return false;
        Check(result, "cuEventQuery");
        return true;
    }

    /// <summary>Waits until the stream reaches the event.</summary>
    public void Synchronize()
    {
        using var scope = Context.Enter();
        Check(Api.EventSynchronize(Raw), "cuEventSynchronize");
    }

    /// <summary>Time on the device between two events that were both reached, in milliseconds.</summary>
    public float MillisecondsSince(CudaEvent start)
    {
        using var scope = Context.Enter();
        float milliseconds;
        Check(Api.EventElapsedTime(&milliseconds, start.Raw, Raw), "cuEventElapsedTime");
        return milliseconds;
    }

    protected override void FreeInContext(nint native)
    {
        if (!IsForeign) Context.Note(Api.EventDestroy(native), "cuEventDestroy");
    }
}
