namespace TrtBindings.Interop.Cuda;

/// <summary>
/// An executable graph (<c>CUgraphExec</c>). It can be launched any number of times on any stream of its context, one launch
/// at a time.
/// </summary>
internal sealed unsafe class CudaGraphExec : CudaHandle
{
    // CUDA_GRAPH_INSTANTIATE_FLAG_USE_NODE_PRIORITY, from CUDA 11.7 on.
    private const ulong UseNodePriority = 8;

    private CudaGraphExec(CudaContext context)
        : base(context)
    {
    }

    /// <summary>Instantiates a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="ownPriorities">Whether kernels keep the priority that they were captured with.</param>
    public static CudaGraphExec Create(CudaGraph graph, bool ownPriorities)
    {
        var context = graph.Context;
        using var scope = context.Enter();
        var made = new CudaGraphExec(context);
        nint raw;
        var flags = ownPriorities ? UseNodePriority : 0;
        context.Check(context.Api.GraphInstantiateWithFlags(&raw, graph.Raw, flags), "cuGraphInstantiateWithFlags");
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
