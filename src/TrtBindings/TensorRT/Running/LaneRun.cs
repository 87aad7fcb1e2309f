using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT.Callbacks;
using TrtBindings.TensorRT.Host;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// One run in a lane: plainly, or by a recording of an earlier run with the same shapes and addresses. One object for a lane,
/// used again for each run; the GPU's context is current while a method runs.
/// </summary>
internal sealed class LaneRun
{
    private readonly Lane _lane;
    private readonly RunGraphs _graphs;
    private long[] _key = [];
    private RunGraph? _graph;
    private LaneContext? _context;

    /// <summary>The runs of a lane.</summary>
    public LaneRun(Lane lane)
    {
        _lane = lane;
        _graphs = new(lane);
    }

    /// <summary>Recordings that there are.</summary>
    public int Recorded => _graphs.Recorded;

    /// <summary>Queues everything.</summary>
    /// <exception cref="TensorException">The inputs do not fit together, or memory of the caller is too small.</exception>
    /// <exception cref="TensorRtException">TensorRT refuses something.</exception>
    /// <exception cref="CudaException">The GPU failed or has too little memory.</exception>
    public void Queue(RunInputs inputs, RunOutputs outputs)
    {
        (_graph, _context) = (null, null);
        inputs.Stage(_lane);
        if (MayRecord(outputs))
        {
            _graph = _graphs.Find(WriteKey(inputs, outputs));
            if (_graph?.Recording is { } recording && Replay(recording, _graph, inputs, outputs)) return;
        }
        else
        {
            _graphs.Clear();
        }

        _context = OwnContext(inputs) ?? _lane.ContextFor(inputs.Profile);
        inputs.Set(_lane, _context);
        outputs.Set(_lane, _context, inputs);
        inputs.CopyIn(_lane);
        _context.Native.EnqueueV3(_lane.Stream.Raw);
        outputs.CopyOut(_lane, _context);
    }

    /// <summary>What was queued is done: the outputs take their shapes on, and the run is recorded if it came before.</summary>
    public void Finish(RunInputs inputs, RunOutputs outputs)
    {
        outputs.Take(_lane);
        if (_context is null || !MayRecord(outputs)) return;
        if (_graph?.Context == _context) Record(_graph, outputs);
        else _graphs.Note(WriteKey(inputs, outputs));
    }

    /// <summary>Runs twice in a context of its own, which has the profiler in the second run, and waits.</summary>
    public List<LayerTime> Profile(RunInputs inputs, RunOutputs outputs)
    {
        var times = new List<LayerTime>();
        using var profiler = new TrtProfiler(
            _lane.Engine.Native.Library.Slots, (layer, milliseconds) => times.Add(new(layer, milliseconds)));
        inputs.Stage(_lane);
        var context = _lane.MakeContext(inputs.Profile);
        try
        {
            inputs.Set(_lane, context);
            outputs.Set(_lane, context, inputs);
            inputs.CopyIn(_lane);
            // The first run of a context loads kernels, which is no layer's time.
            context.Native.EnqueueV3(_lane.Stream.Raw);
            _lane.Stream.Synchronize();
            context.Native.SetProfiler(profiler);
            inputs.CopyIn(_lane);
            context.Native.EnqueueV3(_lane.Stream.Raw);
            outputs.CopyOut(_lane, context);
            _lane.Stream.Synchronize();
            outputs.Take(_lane);
            return times;
        }
        finally
        {
            _lane.Drop(context);
        }
    }

    /// <summary>Frees the recordings.</summary>
    public void Clear() => _graphs.Clear();

    private bool MayRecord(RunOutputs outputs)
    {
        var engine = _lane.Engine;
        return engine.RecordsRuns && (!outputs.HasLate || engine.Settings.ForceGraphs);
    }

    private ReadOnlySpan<long> WriteKey(RunInputs inputs, RunOutputs outputs)
    {
        var length = inputs.KeyLength + outputs.KeyLength;
        // The lane serves several bindings; those of one engine have as many inputs, and mostly as many outputs.
        if (_key.Length != length) _key = new long[length];
        inputs.WriteKey(_lane, _key);
        outputs.WriteKey(_lane, _key.AsSpan(inputs.KeyLength));
        return _key;
    }

    private bool Replay(CudaGraphExec recording, RunGraph graph, RunInputs inputs, RunOutputs outputs)
    {
        outputs.Expect(graph.Outputs);
        inputs.CopyIn(_lane);
        try
        {
            recording.Launch(_lane.Stream);
        }
        catch (CudaException e) when (e is not DeviceLostException)
        {
            DropGraphs(e);
            return false;
        }

        outputs.CopyOut(_lane, context: null);
        return true;
    }

    /// <summary>The context that the run is recorded with; <see langword="null"/> where it is not to be recorded.</summary>
    private LaneContext? OwnContext(RunInputs inputs)
    {
        if (_graph is null || !_graphs.Wants(_graph)) return null;
        try
        {
            return _graph.Context ??= _lane.MakeContext(inputs.Profile);
        }
        catch (Exception e) when (e is TensorRtException or CudaException and not DeviceLostException)
        {
            HostGpuMemory.TakeRefusal();
            DropGraphs(e);
            return null;
        }
    }

    /// <summary>Records the run that was just done: TensorRT is set up for it, and its result is there already.</summary>
    private void Record(RunGraph graph, RunOutputs outputs)
    {
        HostGpuMemory.IsRecording = true;
        try
        {
            // What the application queues on its stream meanwhile would be recorded too.
            using var own = _lane.Stream.IsForeign ? CudaStream.Create(_lane.Engine.Context) : null;
            var stream = own ?? _lane.Stream;
            using var recorded = CudaGraph.Capture(stream, () => graph.Context!.Native.EnqueueV3(stream.Raw));
            graph.Recording = recorded.Instantiate();
            graph.Outputs = outputs.Remember();
        }
        catch (Exception e) when (e is TensorRtException or CudaException and not DeviceLostException)
        {
            HostGpuMemory.TakeRefusal();
            DropGraphs(e);
        }
        finally
        {
            HostGpuMemory.IsRecording = false;
        }
    }

    private void DropGraphs(Exception reason)
    {
        _graph = null;
        _lane.Engine.StopRecording(reason);
        _graphs.Clear();
    }
}
