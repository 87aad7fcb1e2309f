namespace TrtBindings.Interop.Cuda;

/// <summary>
/// The time that a context of ours is current on a thread. Contexts are current for each thread of the system, and a task
/// may go on on another one after an await: a ref struct cannot be held across it.
/// </summary>
/// <param name="api">The driver.</param>
/// <param name="previous">What was current before; 0 for nothing.</param>
internal readonly unsafe ref struct CudaScope(CudaApiTable api, nint previous)
{
    // Null in the default value: the context was current already, and nothing is to be put back.
    private readonly CudaApiTable? _api = api;
    private readonly nint _previous = previous;

    /// <summary>Gives the thread back the context that it had.</summary>
    public void Dispose()
    {
        // Nothing can be done about a failure here, and the next entry reports it.
        if (_api is { } api) _ = api.CtxSetCurrent(_previous);
    }
}
