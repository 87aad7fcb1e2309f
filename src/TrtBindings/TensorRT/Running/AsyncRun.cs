using TrtBindings.Interop.Cuda;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// A run that nobody waits for: the stream tells when it is through, and a thread of the pool does what is left. Where the GPU is
/// lost the stream tells nothing, so that <see cref="AsyncWatch"/> looks now and then.
/// </summary>
internal sealed class AsyncRun : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _done = new();
    private readonly TensorRtBinding _binding;
    private Lane? _lane;

    private AsyncRun(TensorRtBinding binding, Lane lane) => (_binding, _lane) = (binding, lane);

    /// <summary>Whether nothing is under way any more.</summary>
    public bool IsOver => Volatile.Read(ref _lane) is null;

    /// <summary>Queues a run in a lane, which goes back to its pool when the run is over or was not queued.</summary>
    public static Task Start(TensorRtBinding binding, Lane lane)
    {
        var run = new AsyncRun(binding, lane);
        using var callback = new CudaHostCallback(run.Reached);
        try
        {
            lane.Queue(binding.Inputs, binding.Outputs, callback);
        }
        catch (Exception e)
        {
            run.End(e);
            return run._done.Task;
        }

        AsyncWatch.Add(run);
        return run._done.Task;
    }

    /// <summary>Ends the run if its GPU is lost.</summary>
    public void Check()
    {
        CudaException? lost = null;
        // Not once the run is over: then the stream may be recording, which a question would spoil.
        lock (_gate)
        {
            if (_lane is not { } lane) return;
            try
            {
                lane.Stream.IsIdle();
            }
            catch (CudaException e)
            {
                lost = e;
            }
        }

        if (lost is not null) End(lost);
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute() => End(null);

    /// <summary>On a thread of the driver, which must not be called from here.</summary>
    private void Reached() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    private void End(Exception? error)
    {
        Lane lane;
        lock (_gate)
        {
            if (_lane is null) return;
            (lane, _lane) = (_lane, null);
        }

        AsyncWatch.Remove(this);
        try
        {
            if (error is null) lane.Finish(_binding.Inputs, _binding.Outputs);
        }
        catch (Exception e)
        {
            error = e;
        }

        _binding.Engine.Lanes.Return(lane);
        if (error is null) _done.SetResult();
        else _done.SetException(error);
    }
}
