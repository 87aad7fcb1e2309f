namespace TrtBindings.Interop.Cuda;

/// <summary>
/// Keeps a context current on a thread and restores the previous one when disposed. It is a ref struct because contexts are
/// current per thread, and code can continue on another thread after an await.
/// </summary>
/// <param name="api">The driver.</param>
/// <param name="previous">The context that was current before; 0 for none.</param>
internal readonly unsafe ref struct CudaScope(CudaApiTable api, nint previous)
{
    // Null in the default value: the context was already current, so there is nothing to restore.
    private readonly CudaApiTable? _api = api;
    private readonly nint _previous = previous;

    /// <summary>Restores the previous context of the thread.</summary>
    public void Dispose()
    {
        // A failure cannot be handled here. The next Enter reports it.
        if (_api is { } api) _ = api.CtxSetCurrent(_previous);
    }
}
