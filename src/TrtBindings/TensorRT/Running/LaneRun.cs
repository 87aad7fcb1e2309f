using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// Runs the engine on a lane, or replays a CUDA graph that was captured from a run with the same shapes and addresses. Each
/// lane has one object for all its runs. The GPU's context must be current.
/// </summary>
internal sealed class LaneRun : IDisposable
{
    private readonly Lane _lane;
    private readonly RunGraphs _graphs;
    private readonly RunQueue _work;
    private long[] _key = [];
    private RunGraph? _graph;
    private GraphCheck? _check;
    private RunStep _step;

    /// <summary>Creates the runs of a lane.</summary>
    public LaneRun(Lane lane)
    {
        _lane = lane;
        _graphs = new(lane);
        _work = new(lane);
    }

    /// <summary>What the run in progress is for.</summary>
    private enum RunStep
    {
        /// <summary>A run without a graph, in the lane's context.</summary>
        Plain,

        /// <summary>A run that sets a context up, to be captured when it has completed.</summary>
        SetUp,

        /// <summary>A replay, and then a plain run that has the last word, to be compared.</summary>
        Check,

        /// <summary>A replay or a plain run whose time is taken.</summary>
        Trial,

        /// <summary>A replay.</summary>
        Replay,
    }

    /// <summary>Number of captured CUDA graphs.</summary>
    public int GraphCount => _graphs.GraphCount;

    /// <summary>Queues a run: copies to the device, the engine or its CUDA graph, copies from the device.</summary>
    /// <exception cref="TensorException">Contradicting shapes of inputs, or too little memory of the caller.</exception>
    /// <exception cref="TensorRtException">TensorRT refuses something.</exception>
    /// <exception cref="CudaException">The GPU failed or has too little memory.</exception>
    public void Queue(RunInputs inputs, RunOutputs outputs, GpuWork? work)
    {
        (_graph, _step) = (null, RunStep.Plain);
        _check?.Dispose();
        _check = null;
        _work.Begin(work);
        inputs.Stage(_lane);
        if (MayCapture(outputs)) _graph = _graphs.Find(WriteKey(inputs, outputs));
        else _graphs.Clear();
        // A copy to memory that is not pinned waits for the run, so it is not part of the turn.
        if (_graph?.Executable is { } executable && QueueCaptured(_graph, executable, inputs, outputs))
            outputs.CopyOut(_lane, context: null);
        else
            QueuePlain(inputs, outputs);
        _work.Complete();
    }

    /// <summary>
    /// Finishes a completed run: sets the outputs' shapes. Captures the run as a CUDA graph the second time the same shapes and
    /// addresses are seen, checks the graph in the third run, and decides after some more whether it is of use.
    /// </summary>
    public void Finish(RunInputs inputs, RunOutputs outputs)
    {
        outputs.Take(_lane);
        _work.End();
        switch (_step)
        {
            case RunStep.Plain when MayCapture(outputs):
                _graphs.Note(WriteKey(inputs, outputs));
                break;
            case RunStep.SetUp when MayCapture(outputs):
                _graphs.Capture(_graph!, _work, inputs, outputs);
                break;
            case RunStep.Check:
                _graphs.Judge(_graph!, _check!.Difference());
                _check!.Dispose();
                _check = null;
                break;
            case RunStep.Trial:
                _graphs.NoteTime(_graph!);
                break;
        }
    }

    /// <summary>Runs twice in a separate context, with TensorRT's profiler in the second run, and waits.</summary>
    public List<LayerTime> MeasureLayers(RunInputs inputs, RunOutputs outputs)
    {
        var times = new List<LayerTime>();
        using var profiler = new TrtProfiler(
            _lane.Session.Native.Library.Slots, (layer, milliseconds) => times.Add(new(layer, milliseconds)));
        inputs.Stage(_lane);
        var context = _lane.MakeContext(inputs.Profile);
        try
        {
            inputs.Set(_lane, context);
            outputs.Set(_lane, context, inputs);
            inputs.CopyIn(_lane);
            // The first run of a context loads kernels, which must not count as a layer's time.
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

    /// <summary>Destroys the captured CUDA graphs.</summary>
    public void Clear() => _graphs.Clear();

    /// <inheritdoc/>
    public void Dispose()
    {
        _graphs.Clear();
        _check?.Dispose();
        _work.Dispose();
    }

    private bool MayCapture(RunOutputs outputs) => _lane.Session.CapturesGraphs && !outputs.HasDataDependent;

    private ReadOnlySpan<long> WriteKey(RunInputs inputs, RunOutputs outputs)
    {
        var length = inputs.KeyLength + outputs.KeyLength + RunQueue.KeyLength;
        // The lane serves several bindings, which nearly always have the same number of tensors.
        if (_key.Length != length) _key = new long[length];
        inputs.WriteKey(_lane, _key);
        outputs.WriteKey(_lane, _key.AsSpan(inputs.KeyLength));
        _work.WriteKey(_key.AsSpan(length - RunQueue.KeyLength));
        return _key;
    }

    /// <summary>Queues a run whose context is set up, with its graph, without it, or both ways.</summary>
    /// <returns><see langword="false"/> if the graph could not be launched. It is dropped then.</returns>
    private bool QueueCaptured(RunGraph graph, CudaGraphExec executable, RunInputs inputs, RunOutputs outputs)
    {
        outputs.Expect(graph.Outputs);
        inputs.CopyIn(_lane);
        var stream = _lane.Stream;
        _step = graph.Stage switch
        {
            GraphStage.Unchecked => RunStep.Check,
            GraphStage.OnTrial => RunStep.Trial,
            _ => RunStep.Replay,
        };
        if (_step == RunStep.Check)
        {
            _check = new(_lane, outputs);
            _check.Poison();
        }

        var isReplay = _step != RunStep.Trial || graph.Trial!.IsReplay;
        if (isReplay && !Launch(graph, graph.Ahead)) return false;
        if (!isReplay) _work.EnqueueAhead();
        // After what may lie beside another run's model, and before the time is taken.
        using var turn = _work.TakeTurn();
        if (_step == RunStep.Trial) graph.Trial!.Begin(stream);
        if (isReplay && !Launch(graph, executable)) return false;
        _check?.TakeReplay();
        if (_step == RunStep.Check) _work.EnqueueAhead();
        if (_step == RunStep.Check || !isReplay) _work.Enqueue(graph.Context!, outputs);
        _check?.TakePlain();
        if (_step == RunStep.Trial) graph.Trial!.End(stream);
        return true;
    }

    /// <returns><see langword="false"/> if it could not be launched. The graph is dropped then.</returns>
    private bool Launch(RunGraph graph, CudaGraphExec? part)
    {
        try
        {
            part?.Launch(_lane.Stream);
            return true;
        }
        catch (CudaException e) when (e is not DeviceLostException)
        {
            _graphs.Drop(graph, e.Message);
            (_graph, _step) = (null, RunStep.Plain);
            return false;
        }
    }

    private void QueuePlain(RunInputs inputs, RunOutputs outputs)
    {
        var own = _graph is null ? null : _graphs.ContextFor(_graph, inputs.Profile);
        _step = own is null ? RunStep.Plain : RunStep.SetUp;
        var context = own ?? _lane.ContextFor(inputs.Profile);
        inputs.Set(_lane, context);
        outputs.Set(_lane, context, inputs);
        inputs.CopyIn(_lane);
        _work.EnqueueAhead();
        using (_work.TakeTurn()) _work.Enqueue(context, outputs);
        outputs.CopyOut(_lane, context);
    }
}
