namespace TrtBindings.Interop.Cuda;

/// <summary>
/// An executable graph (<c>CUgraphExec</c>). It can be launched any number of times on any stream of its context, one launch
/// at a time.
/// </summary>
internal sealed unsafe class CudaGraphExec : CudaHandle
{
    private CudaGraphExec(CudaContext context)
        : base(context)
    {
    }

    /// <summary>Instantiates a graph.</summary>
    public static CudaGraphExec Create(CudaGraph graph)
    {
        var context = graph.Context;
        using var scope = context.Enter();
        var made = new CudaGraphExec(context);
        nint raw;
        context.Check(context.Api.GraphInstantiateWithFlags(&raw, graph.Raw, 0), "cuGraphInstantiateWithFlags");
        made.SetHandle(raw);
        return made;
    }

    /// <summary>Queues all work of the graph.</summary>
    public void Launch(CudaStream stream)
    {
        using var scope = Context.Enter();
        Check(Api.GraphLaunch(Raw, stream.Raw), "cuGraphLaunch");
    }

    protected override void FreeInContext(nint native) => Context.Note(Api.GraphExecDestroy(native), "cuGraphExecDestroy");
}
