namespace TrtBindings.Interop.Cuda;

/// <summary>A mark in a stream that another stream or a thread can wait for.</summary>
internal sealed unsafe class CudaEvent : CudaHandle
{
    // CU_EVENT_DISABLE_TIMING: an event without a clock costs less to record.
    private const uint DisableTiming = 2;

    private CudaEvent(CudaContext context)
        : base(context)
    {
    }

    /// <summary>A new event; one that was never recorded counts as reached.</summary>
    /// <param name="context">The context.</param>
    /// <param name="timing">Whether it notes the time, for <see cref="MillisecondsSince"/>.</param>
    public static CudaEvent Create(CudaContext context, bool timing = false)
    {
        using var scope = context.Enter();
        var made = new CudaEvent(context);
        nint raw;
        context.Check(context.Api.EventCreate(&raw, timing ? 0 : DisableTiming), "cuEventCreate");
        made.SetHandle(raw);
        return made;
    }

    /// <summary>Puts the mark after everything queued so far.</summary>
    public void Record(CudaStream stream)
    {
        using var scope = Context.Enter();
        Check(Api.EventRecord(Raw, stream.Raw), "cuEventRecord");
    }

    /// <summary>Waits until the stream gets to the mark.</summary>
    public void Synchronize()
    {
        using var scope = Context.Enter();
        Check(Api.EventSynchronize(Raw), "cuEventSynchronize");
    }

    /// <summary>The device's time between two marks that were both reached, in milliseconds.</summary>
    public float MillisecondsSince(CudaEvent start)
    {
        using var scope = Context.Enter();
        float milliseconds;
        Check(Api.EventElapsedTime(&milliseconds, start.Raw, Raw), "cuEventElapsedTime");
        return milliseconds;
    }

    protected override void FreeInContext(nint native) => Context.Note(Api.EventDestroy(native), "cuEventDestroy");
}
