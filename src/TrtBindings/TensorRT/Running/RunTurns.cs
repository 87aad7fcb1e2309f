using TrtBindings.Interop.Cuda;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// Puts the models of a session's lanes one behind the other on the GPU, for work with <see cref="GpuWork.TakesTurns"/>. Only the
/// stream waits, and only for work that is already queued, so no thread can wait for another for long. Thread-safe.
/// </summary>
internal sealed class RunTurns
{
    private readonly Lock _gate = new();
    private CudaEvent? _last;

    /// <summary>
    /// Makes the stream wait for the end of the model that was queued before. The caller queues its own, which records
    /// <paramref name="modelEnds"/>, and then ends the scope: so the order of the models is the order of the events. If it fails,
    /// the event stays as an earlier run left it, and nobody waits for it.
    /// </summary>
    /// <param name="stream">The stream of the run that follows.</param>
    /// <param name="modelEnds">The event of its lane.</param>
    public Lock.Scope Take(CudaStream stream, CudaEvent modelEnds)
    {
        var scope = _gate.EnterScope();
        try
        {
            // On its own stream, runs are one behind the other anyway.
            if (_last is not null && _last != modelEnds) stream.WaitFor(_last);
            _last = modelEnds;
            return scope;
        }
        catch
        {
            scope.Dispose();
            throw;
        }
    }

    /// <summary>Forgets the event of a lane that is no more, so that it can be destroyed: what waits for it still runs.</summary>
    public void Leave(CudaEvent modelEnds)
    {
        lock (_gate)
        {
            if (_last == modelEnds) _last = null;
        }
    }
}
