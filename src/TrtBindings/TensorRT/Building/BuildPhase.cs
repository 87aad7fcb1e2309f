namespace TrtBindings.TensorRT.Building;

/// <summary>A phase of a build with the phases inside it. Not thread-safe.</summary>
internal sealed class BuildPhase
{
    /// <summary>How much of what is left of a step the phases inside it fill.</summary>
    private const double Share = 0.9;

    private readonly BuildPhase? _parent;
    private readonly List<BuildPhase> _inside = [];
    private double _settled;

    /// <summary>A phase that begins.</summary>
    public BuildPhase(string name, BuildPhase? parent, int steps)
    {
        (Name, Steps, _parent) = (name, steps, parent);
        parent?._inside.Add(this);
    }

    /// <summary>TensorRT's name of it.</summary>
    public string Name { get; }

    /// <summary>How many steps it has.</summary>
    public int Steps { get; }

    /// <summary>How many of them are done.</summary>
    public int Done { get; private set; }

    /// <summary>How much of it is done, 0 to 1.</summary>
    public double Fraction
    {
        get
        {
            var step = _settled;
            if (_inside.Count > 0) step += (1 - _settled) * Share * _inside.Average(phase => phase.Fraction);
            return Math.Min(1, (Done + step) / Steps);
        }
    }

    /// <summary>So many steps are done; what was inside the last one counts no more.</summary>
    public void Complete(int steps)
    {
        Done = Math.Clamp(steps, Done, Steps);
        _settled = 0;
    }

    /// <summary>It is over, and its part of its parent's step stays done.</summary>
    public void Finish()
    {
        Done = Steps;
        if (_parent is null || !_parent._inside.Contains(this)) return;
        _parent._settled += (1 - _parent._settled) * Share / _parent._inside.Count;
        _parent._inside.Remove(this);
    }
}
