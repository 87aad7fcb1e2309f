namespace TrtBindings.TensorRT.Running;

/// <summary>
/// The lanes of a session: created on demand up to a limit, and lent to one run at a time. When all are in use, runs wait in
/// the order of arrival. Thread-safe.
/// </summary>
internal sealed class LanePool(int most, Func<Lane> make) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Lane> _lanes = [];
    private readonly List<Lane> _idle = [];
    private readonly LinkedList<LaneWaiter> _waiting = [];
    private int _made;
    private readonly Lock _aloneGate = new();
    private readonly ManualResetEventSlim _quiet = new();
    private bool _alone;
    private bool _disposed;

    /// <summary>The lanes that exist.</summary>
    public Lane[] All()
    {
        lock (_gate) return [.. _lanes];
    }

    /// <summary>Rents a lane, and waits for one if all are in use.</summary>
    /// <param name="waiter">The caller's waiter, for one wait at a time.</param>
    /// <param name="preferred">The lane to take if it is free.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ObjectDisposedException">The session is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="TrtBindingsException">A lane could not be created.</exception>
    public Lane Rent(LaneWaiter waiter, Lane? preferred, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TakeOrQueue(waiter, preferred) is { } lane) return lane;
            try
            {
                waiter.Signal.Wait(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                Abandon(waiter);
                throw;
            }

            if (waiter.Lane is { } handed) return handed;
        }
    }

    /// <summary>Rents a lane without blocking a thread.</summary>
    public async ValueTask<Lane> RentAsync(LaneWaiter waiter, Lane? preferred, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TakeOrQueue(waiter, preferred) is { } lane) return lane;
            try
            {
                await waiter.Signal.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                Abandon(waiter);
                throw;
            }

            if (waiter.Lane is { } handed) return handed;
        }
    }

    /// <summary>Returns an idle lane.</summary>
    public void Return(Lane lane)
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                if (_alone || !WakeNext(lane)) _idle.Add(lane);
                NoteIfQuiet();
                return;
            }

            _lanes.Remove(lane);
        }

        lane.Dispose();
    }

    /// <summary>Runs an action while nothing else runs: waits for the runs in flight, and holds new ones back.</summary>
    /// <param name="action">Gets all lanes that exist.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ObjectDisposedException">The session is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the action began.</exception>
    public void RunAlone(Action<Lane[]> action, CancellationToken cancellationToken = default)
    {
        lock (_aloneGate)
        {
            lock (_gate)
            {
                // The lanes of a disposed session are never returned, so the pool would never become quiet.
                ObjectDisposedException.ThrowIf(_disposed, typeof(TensorRtSession));
                _alone = true;
                _quiet.Reset();
                NoteIfQuiet();
            }

            try
            {
                _quiet.Wait(cancellationToken);
                ObjectDisposedException.ThrowIf(_disposed, typeof(TensorRtSession));
                action(All());
            }
            finally
            {
                lock (_gate)
                {
                    _alone = false;
                    while (_idle.Count > 0 && WakeNext(_idle[^1])) _idle.RemoveAt(_idle.Count - 1);
                    for (var free = most - _made; free > 0 && WakeNext(null); free--)
                    {
                    }
                }
            }
        }
    }

    /// <summary>Ends waiting runs with an error. Runs in flight end normally, and their lanes are disposed then.</summary>
    public void Dispose()
    {
        Lane[] idle;
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            idle = [.. _idle];
            _idle.Clear();
            foreach (var lane in idle) _lanes.Remove(lane);
            while (WakeNext(null))
            {
            }

            _quiet.Set();
        }

        foreach (var lane in idle) lane.Dispose();
    }

    /// <summary>Takes a free lane or creates one; <see langword="null"/> after queueing the waiter.</summary>
    private Lane? TakeOrQueue(LaneWaiter waiter, Lane? preferred)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(TensorRtSession));
            if (_idle.Count > 0 && !_alone)
            {
                var index = preferred is null ? -1 : _idle.IndexOf(preferred);
                if (index < 0) index = _idle.Count - 1;
                var lane = _idle[index];
                _idle.RemoveAt(index);
                return lane;
            }

            if (_made == most || _alone)
            {
                waiter.Lane = null;
                _waiting.AddLast(waiter.Node);
                return null;
            }

            _made++;
        }

        return Make();
    }

    private Lane Make()
    {
        try
        {
            var lane = make();
            lock (_gate) _lanes.Add(lane);
            return lane;
        }
        catch
        {
            lock (_gate)
            {
                _made--;
                NoteIfQuiet();
                // A run that queued because of this lane may now create its own.
                WakeNext(null);
            }

            throw;
        }
    }

    private void NoteIfQuiet()
    {
        if (_alone && _idle.Count == _made) _quiet.Set();
    }

    /// <summary>Hands the first waiter a lane, or <see langword="null"/> to try again. The gate must be held.</summary>
    private bool WakeNext(Lane? lane)
    {
        if (_waiting.First is not { } first) return false;
        _waiting.RemoveFirst();
        first.Value.Lane = lane;
        first.Value.Signal.Release();
        return true;
    }

    /// <summary>Leaves the queue. A lane that was handed over at the same moment goes to the next waiter.</summary>
    private void Abandon(LaneWaiter waiter)
    {
        lock (_gate)
        {
            if (waiter.Node.List is not null)
            {
                _waiting.Remove(waiter.Node);
                return;
            }
        }

        waiter.Signal.Wait(CancellationToken.None);
        if (waiter.Lane is { } lane) Return(lane);
        else
            lock (_gate) WakeNext(null);
    }
}

/// <summary>A wait for a lane. Each binding has one and uses it for every wait, so that waiting allocates nothing.</summary>
internal sealed class LaneWaiter
{
    public LaneWaiter() => Node = new(this);

    /// <summary>Its node in the queue.</summary>
    public LinkedListNode<LaneWaiter> Node { get; }

    /// <summary>Released once when <see cref="Lane"/> is set.</summary>
    public SemaphoreSlim Signal { get; } = new(0);

    /// <summary>The lane that was handed over; <see langword="null"/> to try again.</summary>
    public Lane? Lane { get; set; }
}
