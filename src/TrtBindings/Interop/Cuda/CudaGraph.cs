namespace TrtBindings.Interop.Cuda;

/// <summary>Work that was recorded instead of run. It is frozen: sizes and addresses are those of the recording.</summary>
internal sealed unsafe class CudaGraph : CudaHandle
{
    // CU_STREAM_CAPTURE_MODE_THREAD_LOCAL: what other threads call meanwhile neither fails nor spoils the recording.
    private const int ThreadLocal = 1;

    private CudaGraph(CudaContext context)
        : base(context)
    {
    }

    /// <summary>Records what an action queues on a stream. The recording is always ended, also if the action throws.</summary>
    /// <param name="stream">A stream on which nothing is being recorded.</param>
    /// <param name="queueWork">Queues work and does nothing else: it neither waits nor allocates device memory.</param>
    /// <exception cref="CudaException">
    /// The work cannot be recorded. The stream is as before; run the work without a graph.
    /// </exception>
    public static CudaGraph Capture(CudaStream stream, Action queueWork)
    {
        var context = stream.Context;
        using var scope = context.Enter();
        var graph = new CudaGraph(context);
        context.Check(context.Api.StreamBeginCapture(stream.Raw, ThreadLocal), "cuStreamBeginCapture");
        stream.NoteCapture(begins: true);
        nint raw = 0;
        var isQueued = false;
        CudaResult ended;
        try
        {
            queueWork();
            isQueued = true;
        }
        finally
        {
            ended = context.Api.StreamEndCapture(stream.DangerousGetHandle(), &raw);
            stream.NoteCapture(begins: false);
            // The action's own exception is on its way out, and it says more than what ending says after it.
            if (!isQueued && raw != 0) _ = context.Api.GraphDestroy(raw);
        }

        context.Check(ended, "cuStreamEndCapture");
        graph.SetHandle(raw);
        return graph;
    }

    /// <summary>The graph in a form that can be launched; it does not need this object any more.</summary>
    public CudaGraphExec Instantiate() => CudaGraphExec.Create(this);

    protected override void FreeInContext(nint native) => Context.Note(Api.GraphDestroy(native), "cuGraphDestroy");
}
