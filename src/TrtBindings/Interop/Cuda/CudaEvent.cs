namespace TrtBindings.Interop.Cuda;

/// <summary>
/// A <see href="https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__EVENT.html">CUDA event</see>: a point in a stream
/// that another stream or a thread can wait for.
/// </summary>
internal sealed unsafe class CudaEvent : CudaHandle
{
    // CU_EVENT_DISABLE_TIMING: an event without a timestamp is cheaper to record.
    private const uint DisableTiming = 2;

    private CudaEvent(CudaContext context)
        : base(context)
    {
    }

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

    /// <summary>Records the event after all work that is queued on the stream so far.</summary>
    public void Record(CudaStream stream)
    {
        using var scope = Context.Enter();
        Check(Api.EventRecord(Raw, stream.Raw), "cuEventRecord");
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

    protected override void FreeInContext(nint native) => Context.Note(Api.EventDestroy(native), "cuEventDestroy");
}
