namespace TrtBindings.TensorRT.Running;

/// <summary>
/// The lanes of an engine: made on demand up to a number, and handed to one run at a time. Who comes when all are taken waits
/// in the order of arrival. Thread-safe.
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

    /// <summary>The lanes that there are.</summary>
    public Lane[] All()
    {
        lock (_gate) return [.. _lanes];
    }

    /// <summary>A lane, waited for if it must be.</summary>
    /// <param name="waiter">The caller's; for one wait at a time.</param>
    /// <param name="preferred">The lane that would be best, if it is free.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="TrtBindingsException">A lane could not be made.</exception>
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

    /// <summary>The same without a thread that waits.</summary>
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

    /// <summary>Gives a lane back, on which nothing is under way any more.</summary>
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

    /// <summary>Does something while nothing runs: waits for the runs that are under way, and lets no new one begin.</summary>
    /// <param name="action">Gets all lanes that there are.</param>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public void RunAlone(Action<Lane[]> action)
    {
        lock (_aloneGate)
        {
            lock (_gate)
            {
                // Lanes that went with the engine never come back to be counted.
                ObjectDisposedException.ThrowIf(_disposed, typeof(TensorRtSession));
                _alone = true;
                _quiet.Reset();
                NoteIfQuiet();
            }

            try
            {
                _quiet.Wait();
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

    /// <summary>Runs that are under way end in their own time, and their lanes with them; who waits is refused.</summary>
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

    /// <summary>A free lane, or a new one; <see langword="null"/> after queueing the waiter.</summary>
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
                // Who queued because of this lane may try for itself.
                WakeNext(null);
            }

            throw;
        }
    }

    private void NoteIfQuiet()
    {
        if (_alone && _idle.Count == _made) _quiet.Set();
    }

    /// <summary>Hands the first in the queue a lane, or an invitation; the gate is held.</summary>
    private bool WakeNext(Lane? lane)
    {
        if (_waiting.First is not { } first) return false;
        _waiting.RemoveFirst();
        first.Value.Lane = lane;
        first.Value.Signal.Release();
        return true;
    }

    /// <summary>Leaves the queue; a lane that was handed over meanwhile goes on to the next.</summary>
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
