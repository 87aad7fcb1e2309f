namespace TrtBindings.Interop.Cuda;

/// <summary>A graph that can be launched, as often as wanted, on any stream of its context; one launch at a time.</summary>
internal sealed unsafe class CudaGraphExec : CudaHandle
{
    private CudaGraphExec(CudaContext context)
        : base(context)
    {
    }

    /// <summary>Makes a graph launchable.</summary>
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

    /// <summary>Queues all of its work.</summary>
    public void Launch(CudaStream stream)
    {
        using var scope = Context.Enter();
        Check(Api.GraphLaunch(Raw, stream.Raw), "cuGraphLaunch");
    }

    protected override void FreeInContext(nint native) => Context.Note(Api.GraphExecDestroy(native), "cuGraphExecDestroy");
}
