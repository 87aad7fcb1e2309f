namespace TrtBindings.TensorRT.Running;

/// <summary>
/// The CUDA graphs of a lane, and the runs that may become graphs. The number of graphs is limited. A new one replaces the least
/// recently used one, but only after many runs, so that many shapes in turn do not cause a capture each time.
/// </summary>
internal sealed class RunGraphs(Lane lane)
{
    /// <summary>The most CUDA graphs of a lane. Each has an execution context.</summary>
    public const int MaxGraphs = 8;

    /// <summary>
    /// Runs until it is decided whether a graph is used: one, one that is captured, one to check it, and the trial.
    /// </summary>
    public const int RunsUntilChosen = RunsBefore + 2 + (2 * GraphTrial.RunsEach);

    private const int MostKnown = 64;

    /// <summary>Runs before a capture if there is room: one, which sets TensorRT up for the shapes.</summary>
    private const int RunsBefore = 1;

    /// <summary>Captures of the same runs that may fail. The time between them grows fourfold.</summary>
    private const int MostCaptures = 3;

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
            ForgetOlder(key);
            graph = new(lane, key.ToArray()) { LastUse = ++_clock };
            _known.Add(graph);
        }

        graph.Runs++;
    }

    /// <summary>
    /// The context for a run of an entry that is to be captured afterwards; <see langword="null"/> for a run in the lane's
    /// context.
    /// </summary>
    public LaneContext? ContextFor(RunGraph graph, int profile)
    {
        if (!Wants(graph)) return null;
        try
        {
            return graph.Context ??= lane.MakeContext(profile);
        }
        catch (Exception e) when (e is TensorRtException or CudaException and not DeviceLostException)
        {
            HostGpuMemory.TakeRefusal();
            graph.Captures++;
            Drop(graph, e.Message);
            return null;
        }
    }

    /// <summary>
    /// Captures a run that has just completed. Its context is set up and its results are already there, so nothing that goes
    /// wrong here is an error of the run.
    /// </summary>
    /// <exception cref="DeviceLostException">The GPU is lost.</exception>
    public void Capture(RunGraph graph, RunQueue queue, RunInputs inputs, RunOutputs outputs)
    {
        if (outputs.WritesInto(inputs) is { } input)
        {
            Refuse(graph, $"an output is written into the memory of input '{input}', so no run can be repeated to check a graph");
            return;
        }

        graph.Captures++;
        try
        {
            // Made before the capture, in which nothing can be made.
            graph.Trial = new(lane.Session.Context, queue.TakesTurns);
            graph.Ahead = queue.CaptureAhead();
            graph.Executable = queue.Capture(graph.Context!, outputs);
            graph.Outputs = outputs.Remember();
            graph.Stage = GraphStage.Unchecked;
        }
        catch (Exception e) when (e is not DeviceLostException)
        {
            // Also what the application's work throws: the run has ended well, and the next one throws it again.
            HostGpuMemory.TakeRefusal();
            Drop(graph, e.Message);
        }
    }

    /// <summary>Notes the result of a graph's check.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="difference">What is wrong with it; <see langword="null"/> for nothing.</param>
    public void Judge(RunGraph graph, string? difference)
    {
        if (difference is not null)
        {
            Drop(graph, difference);
            return;
        }

        graph.Stage = GraphStage.OnTrial;
        lane.Session.Captures.Worked();
    }

    /// <summary>Takes the time of a run of a graph on trial, and decides after the last one.</summary>
    public void NoteTime(RunGraph graph)
    {
        var trial = graph.Trial!;
        trial.Take();
        if (!trial.IsOver) return;
        var (isFaster, replay, plain) = (trial.IsFaster, trial.ReplayMilliseconds, trial.PlainMilliseconds);
        trial.Dispose();
        graph.Trial = null;
        if (isFaster) graph.Stage = GraphStage.Chosen;
        else graph.Free(GraphStage.Refused);
        if (lane.Session.Options.Logger is not { } logger) return;
        if (isFaster) HostLog.GraphChosen(logger, lane.Session.Name, replay, plain);
        else HostLog.GraphTooSlow(logger, lane.Session.Name, replay, plain);
    }

    /// <summary>Destroys a graph that does not work. It is captured again later, a few times.</summary>
    public void Drop(RunGraph graph, string reason)
    {
        if (graph.Captures >= MostCaptures)
        {
            Refuse(graph, reason);
        }
        else
        {
            graph.Free();
            graph.Runs = 0;
            if (lane.Session.Options.Logger is { } logger) HostLog.GraphBroken(logger, lane.Session.Name, reason);
        }

        lane.Session.Captures.Failed(reason);
    }

    /// <summary>Decides whether the next run of an entry is captured, and makes room for its context.</summary>
    private bool Wants(RunGraph graph)
    {
        if (graph.Stage == GraphStage.Refused) return false;
        if (graph.Context is not null) return true;
        if (graph.Runs < RunsBefore << (2 * graph.Captures)) return false;
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

    private void Refuse(RunGraph graph, string reason)
    {
        graph.Free(GraphStage.Refused);
        if (lane.Session.Options.Logger is { } logger) HostLog.GraphRefused(logger, lane.Session.Name, reason);
    }

    /// <summary>Forgets what an object's work was before it changed: that never comes again.</summary>
    private void ForgetOlder(ReadOnlySpan<long> key)
    {
        if (key[^RunQueue.KeyLength] is var id && id == 0) return;
        for (var i = _known.Count - 1; i >= 0; i--)
            if (_known[i].Key[^RunQueue.KeyLength] == id && Version(_known[i].Key) != Version(key)) Forget(_known[i]);
    }

    private static long Version(ReadOnlySpan<long> key) => key[^1] >> RunQueue.FlagBits;

    private void Forget(RunGraph graph)
    {
        graph.Free();
        _known.Remove(graph);
        if (_last == graph) _last = null;
    }
}
