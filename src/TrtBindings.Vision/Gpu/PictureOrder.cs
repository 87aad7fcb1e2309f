namespace TrtBindings.Vision.Gpu;

/// <summary>
/// The order between the producers of one call's pictures and the run that reads them. Keeps its events. Not thread-safe, but for
/// <see cref="WaitUntilQueued"/>.
/// </summary>
internal sealed class PictureOrder(ModelGpu gpu, int maxBatch) : IDisposable
{
    private readonly GpuImageOrder[] _orders = new GpuImageOrder[maxBatch];
    private readonly GpuEvent?[] _events = new GpuEvent?[maxBatch];
    private readonly ManualResetEventSlim _isQueued = new();
    private int _count;

    /// <summary>Whether a producer relies on events that must be recorded before the call returns.</summary>
    public bool HasEvents { get; private set; }

    /// <summary>Begins a call.</summary>
    public void Start()
    {
        Array.Clear(_orders, 0, _count);
        (_count, HasEvents) = (0, false);
        _isQueued.Reset();
    }

    /// <summary>Adds a picture; notes what its producer has queued until now.</summary>
    public void Add(in GpuImageOrder order)
    {
        _orders[_count] = order;
        HasEvents |= order.Ready is not null || order.Producer is not null;
        if (order.Producer is { } producer) producer.Record(_events[_count] ??= gpu.CreateEvent());
        _count++;
    }

    /// <summary>Makes the run wait for the producers.</summary>
    public void QueueWaits(GpuQueue queue)
    {
        for (var i = 0; i < _count; i++)
            if ((_orders[i].Ready ?? (_orders[i].Producer is null ? null : _events[i])) is { } ready) queue.WaitFor(ready);
    }

    /// <summary>Tells the producers when the run has read the pixels.</summary>
    public void QueueReleases(GpuQueue queue)
    {
        for (var i = 0; i < _count; i++)
        {
            ref readonly var order = ref _orders[i];
            if (order.Released is not null) queue.Record(order.Released);
            if (order.Producer is null) continue;
            queue.Record(_events[i]!);
            order.Producer.WaitFor(_events[i]!);
        }

        _isQueued.Set();
    }

    /// <summary>Blocks until the run is queued, or has ended without that: other engines may use the model's lanes.</summary>
    public void WaitUntilQueued(Task run)
    {
        const int Milliseconds = 1;
        while (HasEvents && !run.IsCompleted && !_isQueued.Wait(Milliseconds)) continue;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Not what WaitUntilQueued waits for: the call that it waits for may end, and the engine with it, at any moment.
        foreach (var one in _events) one?.Dispose();
    }
}
