using TrtBindings.Interop.Cuda;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// A run without a waiting thread. A host function on the stream reports its end, and a thread pool thread finishes it. A lost
/// GPU calls no host function, so <see cref="AsyncWatch"/> polls the stream.
/// </summary>
internal sealed class AsyncRun : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _done = new();
    private readonly TensorRtBinding _binding;
    private Lane? _lane;

    private AsyncRun(TensorRtBinding binding, Lane lane) => (_binding, _lane) = (binding, lane);

    /// <summary>The run has ended.</summary>
    public bool IsOver => Volatile.Read(ref _lane) is null;

    /// <summary>Queues a run on a lane. The lane returns to its pool when the run ends or cannot be queued.</summary>
    public static Task Start(TensorRtBinding binding, Lane lane)
    {
        var run = new AsyncRun(binding, lane);
        using var callback = new CudaHostCallback(run.Reached);
        try
        {
            lane.Queue(binding.Inputs, binding.Outputs, callback, binding.Work);
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
        // Not after the run has ended: the stream may then be in capture, and a query would break the capture.
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

    /// <summary>Runs on a thread of the driver, where CUDA calls are not allowed.</summary>
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

        _binding.Session.Lanes.Return(lane);
        if (error is null) _done.SetResult();
        else _done.SetException(error);
    }
}
