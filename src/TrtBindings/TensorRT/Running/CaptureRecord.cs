using Microsoft.Extensions.Logging;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// What became of a session's captures. An engine that cannot be captured is not tried for all shapes for ever. Thread-safe.
/// </summary>
internal sealed class CaptureRecord(string engine, ILogger? logger, bool areAllowed)
{
    /// <summary>Captures in a row that may fail, of any shapes.</summary>
    private const int MostFailures = 9;

    private volatile bool _areAllowed = areAllowed;
    private int _failures;

    /// <summary>Runs may be captured.</summary>
    public bool AreAllowed => _areAllowed;

    /// <summary>Notes a graph that gave the right result.</summary>
    public void Worked() => Volatile.Write(ref _failures, 0);

    /// <summary>Notes a graph that did not work. After many of them and none that did, there are no more.</summary>
    public void Failed(string reason)
    {
        if (Interlocked.Increment(ref _failures) < MostFailures || !_areAllowed) return;
        _areAllowed = false;
        if (logger is not null) HostLog.GraphsDropped(logger, engine, reason);
    }
}
