namespace TrtBindings.Interop.Cuda;

/// <summary>
/// A <see href="https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__GRAPH.html">CUDA graph</see> captured from a stream.
/// Sizes and addresses are those of the capture and cannot change.
/// </summary>
internal sealed unsafe class CudaGraph : CudaHandle
{
    // CU_STREAM_CAPTURE_MODE_THREAD_LOCAL: calls of other threads neither fail nor invalidate the capture.
    private const int ThreadLocal = 1;

    [ThreadStatic]
    private static int _captures;

    private CudaGraph(CudaContext context)
        : base(context)
    {
    }

    /// <summary>
    /// True while this thread captures a stream. Nothing may then be allocated on it: CUDA 13 refuses that in every mode, and
    /// before it the memory would belong to the graph.
    /// </summary>
    public static bool IsCapturedHere => _captures > 0;

    /// <summary>Number of nodes. A graph without nodes does nothing and reports no error.</summary>
    public int NodeCount
    {
        get
        {
            using var scope = Context.Enter();
            nuint count;
            Check(Api.GraphGetNodes(Raw, null, &count), "cuGraphGetNodes");
            return checked((int)count);
        }
    }

    /// <summary>The error for an allocation during a capture.</summary>
    public static CudaException NoMemoryNow(CudaContext context) => CudaStatus.ToException(context.Api,
        CudaResult.StreamCaptureUnsupported, "cuMemAlloc",
        "Nothing can be allocated while a CUDA graph is recorded. Allocate before the run that records it.");

    /// <summary>Captures the work that an action queues on a stream. The capture ends even if the action throws.</summary>
    /// <param name="stream">A stream that is not being captured.</param>
    /// <param name="queueWork">Queues the work. It must not wait for the stream or allocate device memory.</param>
    /// <exception cref="CudaException">
    /// The work cannot be captured. The stream is unchanged; run the work without a graph.
    /// </exception>
    public static CudaGraph Capture(CudaStream stream, Action queueWork)
    {
        var context = stream.Context;
        using var scope = context.Enter();
        var graph = new CudaGraph(context);
        context.Check(context.Api.StreamBeginCapture(stream.Raw, ThreadLocal), "cuStreamBeginCapture");
        stream.NoteCapture(begins: true);
        _captures++;
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
            _captures--;
            // The action may have left another context current.
            _ = context.Api.CtxSetCurrent(context.Raw);
            ended = context.Api.StreamEndCapture(stream.DangerousGetHandle(), &raw);
            stream.NoteCapture(begins: false);
            // The action threw. Its exception explains more than the error of cuStreamEndCapture, so let it through.
            if (!isQueued && raw != 0) _ = context.Api.GraphDestroy(raw);
        }

        context.Check(ended, "cuStreamEndCapture");
        if (raw == 0)
        {
            throw CudaStatus.ToException(
                context.Api, CudaResult.StreamCaptureInvalidated, "cuStreamEndCapture", "The capture gave no graph");
        }

        graph.SetHandle(raw);
        return graph;
    }

    /// <summary>Makes an executable graph, which does not depend on this object.</summary>
    public CudaGraphExec Instantiate() => CudaGraphExec.Create(this);

    protected override void FreeInContext(nint native) => Context.Note(Api.GraphDestroy(native), "cuGraphDestroy");
}
