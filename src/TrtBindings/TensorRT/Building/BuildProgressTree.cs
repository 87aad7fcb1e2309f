using TrtBindings.Interop.TensorRT.Callbacks;

namespace TrtBindings.TensorRT.Building;

/// <summary>
/// Makes one percentage of TensorRT's nested phases. How many phases there will be nobody knows beforehand: the phases inside a
/// step fill most of it, and each further one most of the rest. The listener is called by one thread at a time.
/// </summary>
internal sealed class BuildProgressTree : ITrtBuildProgress
{
    /// <summary>The end is told when the engine is kept, not when TensorRT has no more phases.</summary>
    private const double MostBeforeTheEnd = 99.9;

    private readonly Lock _gate = new();
    private readonly Action<BuildStep>? _report;
    private readonly CancellationToken _cancellation;
    private readonly BuildPhase _whole = new("", null, 1);
    private readonly Dictionary<string, BuildPhase> _active = [];
    private double _percent;

    /// <summary>Begins at 0 percent.</summary>
    /// <param name="report">Told of every step; an exception of it ends the build.</param>
    /// <param name="cancellation">Ends the build at the next step.</param>
    public BuildProgressTree(Action<BuildStep>? report, CancellationToken cancellation) =>
        (_report, _cancellation) = (report, cancellation);

    /// <summary>Work of our own, before and after TensorRT's.</summary>
    public void Begin(string phase) => Tell(phase, 0, 1);

    /// <summary>The engine is there.</summary>
    public void Done()
    {
        lock (_gate) _report?.Invoke(new("Done", 1, 1, 100));
    }

    /// <inheritdoc/>
    public void PhaseStarted(string phase, string? parent, int steps)
    {
        lock (_gate)
        {
            // A parent that is over already, or of which nothing was said, is none.
            var above = parent is not null && _active.TryGetValue(parent, out var known) ? known : _whole;
            _active[phase] = new(phase, above, Math.Max(1, steps));
            Tell(phase, 0, Math.Max(1, steps));
        }
    }

    /// <inheritdoc/>
    public bool StepCompleted(string phase, int step)
    {
        lock (_gate)
        {
            if (!_active.TryGetValue(phase, out var known)) return !_cancellation.IsCancellationRequested;
            known.Complete(step + 1);
            if (!_cancellation.IsCancellationRequested) Tell(phase, known.Done, known.Steps);
        }

        return !_cancellation.IsCancellationRequested;
    }

    /// <inheritdoc/>
    public void PhaseFinished(string phase)
    {
        lock (_gate)
        {
            if (!_active.Remove(phase, out var known)) return;
            known.Finish();
            if (!_cancellation.IsCancellationRequested) Tell(phase, known.Done, known.Steps);
        }
    }

    private void Tell(string phase, int step, int steps)
    {
        lock (_gate)
        {
            _percent = Math.Max(_percent, Math.Min(MostBeforeTheEnd, 100 * _whole.Fraction));
            _report?.Invoke(new(phase, step, steps, _percent));
        }
    }
}
