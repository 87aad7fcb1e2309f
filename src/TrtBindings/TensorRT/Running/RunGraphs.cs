namespace TrtBindings.TensorRT.Running;

/// <summary>
/// What a lane remembers of its runs, to record those that come again. A bounded number is recorded; a further one takes the
/// place of the one that was not used for longest, but only when it came often, so that many shapes in turn do not make each
/// run record anew.
/// </summary>
internal sealed class RunGraphs(Lane lane)
{
    /// <summary>The most recordings, each of which has an execution context.</summary>
    public const int MostRecorded = 8;

    private const int MostKnown = 64;

    /// <summary>Runs before a recording where there is room: one, which sets TensorRT up for the shapes.</summary>
    private const int RunsBefore = 1;

    /// <summary>Runs before a recording that takes another one's place.</summary>
    private const int RunsBeforeReplacing = 32;

    private readonly List<RunGraph> _known = [];
    private RunGraph? _last;
    private long _clock;
    private int _moves = lane.Memory.Moves;

    /// <summary>How many are recorded.</summary>
    public int Recorded
    {
        get
        {
            var count = 0;
            foreach (var graph in _known)
                if (graph.Recording is not null) count++;
            return count;
        }
    }

    /// <summary>How many have a context, also those whose run failed before it was recorded.</summary>
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

    /// <summary>What is known of runs with these shapes and addresses; <see langword="null"/> for nothing.</summary>
    public RunGraph? Find(ReadOnlySpan<long> key)
    {
        if (_moves != lane.Memory.Moves) Clear();
        // Mostly the same again.
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

    /// <summary>Counts a plain run.</summary>
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

    /// <summary>Whether the next run of a graph is to be recorded; makes room for it.</summary>
    public bool Wants(RunGraph graph)
    {
        if (graph.Context is not null) return true;
        if (graph.Runs < RunsBefore) return false;
        if (Contexts < MostRecorded) return true;
        if (graph.Runs < RunsBeforeReplacing) return false;
        _known.Where(known => known.Context is not null).MinBy(known => known.LastUse)!.Free();
        return true;
    }

    /// <summary>Forgets everything; nothing recorded is under way.</summary>
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
