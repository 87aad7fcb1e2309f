namespace TrtBindings.TensorRT.Running;

/// <summary>
/// The CUDA graphs of a lane, and the runs that may become graphs. The number of graphs is limited. A new one replaces the least
/// recently used one, but only after many runs, so that many shapes in turn do not cause a capture each time.
/// </summary>
internal sealed class RunGraphs(Lane lane)
{
    /// <summary>The most CUDA graphs of a lane. Each has an execution context.</summary>
    public const int MaxGraphs = 8;

    private const int MostKnown = 64;

    /// <summary>Runs before a capture if there is room: one, which sets TensorRT up for the shapes.</summary>
    private const int RunsBefore = 1;

    /// <summary>Runs before a capture that replaces another graph.</summary>
    private const int RunsBeforeReplacing = 32;

    private readonly List<RunGraph> _known = [];
    private RunGraph? _last;
    private long _clock;
    private int _moves = lane.Memory.Moves;

    /// <summary>Number of captured graphs.</summary>
    public int GraphCount
    {
        get
        {
            var count = 0;
            foreach (var graph in _known)
                if (graph.Executable is not null) count++;
            return count;
        }
    }

    /// <summary>Number of contexts, including those of runs that failed before their capture.</summary>
    private int Contexts
    {
        get
        {
            var count = 0;
            foreach (var graph in _known)
                if (graph.Context is not null) count++;
            return count;
        }
    }

    /// <summary>Finds the entry for these shapes and addresses; <see langword="null"/> if there is none.</summary>
    public RunGraph? Find(ReadOnlySpan<long> key)
    {
        if (_moves != lane.Memory.Moves) Clear();
        // The key is mostly the same as before.
        if (_last is null || !key.SequenceEqual(_last.Key))
        {
            _last = null;
            foreach (var graph in _known)
            {
                if (!key.SequenceEqual(graph.Key)) continue;
                _last = graph;
                break;
            }
        }

        if (_last is not null) _last.LastUse = ++_clock;
        return _last;
    }

    /// <summary>Counts a run that was not captured.</summary>
    public void Note(ReadOnlySpan<long> key)
    {
        if (Find(key) is not { } graph)
        {
            if (_known.Count == MostKnown) Forget(_known.MinBy(known => known.LastUse)!);
            graph = new(lane, key.ToArray()) { LastUse = ++_clock };
            _known.Add(graph);
        }

        graph.Runs++;
    }

    /// <summary>Decides whether the next run of an entry is captured, and makes room for its context.</summary>
    public bool Wants(RunGraph graph)
    {
        if (graph.Context is not null) return true;
        if (graph.Runs < RunsBefore) return false;
        if (Contexts < MaxGraphs) return true;
        if (graph.Runs < RunsBeforeReplacing) return false;
        _known.Where(known => known.Context is not null).MinBy(known => known.LastUse)!.Free();
        return true;
    }

    /// <summary>Destroys all graphs. None may be running.</summary>
    public void Clear()
    {
        foreach (var graph in _known) graph.Free();
        _known.Clear();
        _last = null;
        _moves = lane.Memory.Moves;
    }

    private void Forget(RunGraph graph)
    {
        graph.Free();
        _known.Remove(graph);
        if (_last == graph) _last = null;
    }
}
