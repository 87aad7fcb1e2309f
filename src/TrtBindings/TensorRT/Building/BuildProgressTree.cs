using TrtBindings.Interop.TensorRT;

namespace TrtBindings.TensorRT.Building;

/// <summary>
/// Makes one percentage of TensorRT's nested phases. The number of phases is not known beforehand: the phases inside a step fill
/// most of it, and each further phase most of the rest. The listener is called from one thread at a time.
/// </summary>
/// <param name="listener">Gets every step; an exception from it ends the build.</param>
/// <param name="cancellationToken">Ends the build at the next step.</param>
internal sealed class BuildProgressTree(IProgress<BuildProgress>? listener, CancellationToken cancellationToken)
    : ITrtBuildProgress
{
    /// <summary>100 percent is reported when the engine is stored, not when TensorRT has ended its last phase.</summary>
    private const double MostBeforeTheEnd = 99.9;

    private readonly Lock _gate = new();
    private readonly BuildPhase _whole = new(null, 1);
    private readonly Dictionary<string, BuildPhase> _active = [];
    private double _percent;

    /// <summary>Reports work of our own, before and after TensorRT's.</summary>
    public void Begin(string phase) => Report(phase, 0, 1);

    /// <summary>Reports that the engine is ready.</summary>
    public void Done()
    {
        lock (_gate) listener?.Report(new("Done", 1, 1, 100));
    }

    /// <inheritdoc/>
    public void PhaseStarted(string phase, string? parent, int steps)
    {
        lock (_gate)
        {
            // A parent that has ended or was never reported counts as none.
            var above = parent is not null && _active.TryGetValue(parent, out var known) ? known : _whole;
            _active[phase] = new(above, Math.Max(1, steps));
            Report(phase, 0, Math.Max(1, steps));
        }
    }

    /// <inheritdoc/>
    public bool StepCompleted(string phase, int step)
    {
        lock (_gate)
        {
            if (!_active.TryGetValue(phase, out var known)) return !cancellationToken.IsCancellationRequested;
            known.Complete(step + 1);
            if (!cancellationToken.IsCancellationRequested) Report(phase, known.Done, known.Steps);
        }

        return !cancellationToken.IsCancellationRequested;
    }

    /// <inheritdoc/>
    public void PhaseFinished(string phase)
    {
        lock (_gate)
        {
            if (!_active.Remove(phase, out var known)) return;
            known.Finish();
            if (!cancellationToken.IsCancellationRequested) Report(phase, known.Done, known.Steps);
        }
    }

    private void Report(string phase, int step, int steps)
    {
        lock (_gate)
        {
            _percent = Math.Max(_percent, Math.Min(MostBeforeTheEnd, 100 * _whole.Fraction));
            listener?.Report(new(phase, step, steps, _percent));
        }
    }

    /// <summary>A phase of a build with the phases inside it.</summary>
    private sealed class BuildPhase
    {
        /// <summary>Share of the rest of a step that the phases inside it fill.</summary>
        private const double Share = 0.9;

        private readonly BuildPhase? _parent;
        private readonly List<BuildPhase> _inside = [];
        private double _settled;

        public BuildPhase(BuildPhase? parent, int steps)
        {
            (_parent, Steps) = (parent, steps);
            parent?._inside.Add(this);
        }

        public int Steps { get; }

        public int Done { get; private set; }

        /// <summary>Completed part of the phase, 0 to 1.</summary>
        public double Fraction
        {
            get
            {
                var step = _settled;
                if (_inside.Count > 0) step += (1 - _settled) * Share * _inside.Average(phase => phase.Fraction);
                return Math.Min(1, (Done + step) / Steps);
            }
        }

        /// <summary>Sets the completed steps. The phases inside the last step no longer count.</summary>
        public void Complete(int steps)
        {
            Done = Math.Clamp(steps, Done, Steps);
            _settled = 0;
        }

        /// <summary>Ends the phase. Its part of the parent's step stays completed.</summary>
        public void Finish()
        {
            Done = Steps;
            if (_parent is null || !_parent._inside.Contains(this)) return;
            _parent._settled += (1 - _parent._settled) * Share / _parent._inside.Count;
            _parent._inside.Remove(this);
        }
    }
}
