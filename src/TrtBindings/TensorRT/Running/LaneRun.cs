using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// Runs the engine on a lane, or replays a CUDA graph that was captured from a run with the same shapes and addresses. Each
/// lane has one object for all its runs. The GPU's context must be current.
/// </summary>
internal sealed class LaneRun
{
    private readonly Lane _lane;
    private readonly RunGraphs _graphs;
    private long[] _key = [];
    private RunGraph? _graph;
    private LaneContext? _context;
    private GpuWork? _work;
    private GpuShapes? _shapes;
    private RunOutputs? _shapesOf;
    private readonly GpuQueue _queue;

    /// <summary>Creates the runs of a lane.</summary>
    public LaneRun(Lane lane)
    {
        _lane = lane;
        _graphs = new(lane);
        _queue = new(lane.Stream);
    }

    /// <summary>Number of captured CUDA graphs.</summary>
    public int GraphCount => _graphs.GraphCount;

    /// <summary>Queues a run: copies to the device, the engine or its CUDA graph, copies from the device.</summary>
    /// <exception cref="TensorException">Contradicting shapes of inputs, or too little memory of the caller.</exception>
    /// <exception cref="TensorRtException">TensorRT refuses something.</exception>
    /// <exception cref="CudaException">The GPU failed or has too little memory.</exception>
    public void Queue(RunInputs inputs, RunOutputs outputs, GpuWork? work)
    {
        (_graph, _context, _work) = (null, null, work);
        work?.Prepare(_queue);
        inputs.Stage(_lane);
        if (MayCapture(outputs))
        {
            _graph = _graphs.Find(WriteKey(inputs, outputs));
            if (_graph?.Executable is { } executable && Replay(executable, _graph, inputs, outputs)) return;
        }
        else
        {
            _graphs.Clear();
        }

        _context = CaptureContext(inputs) ?? _lane.ContextFor(inputs.Profile);
        inputs.Set(_lane, _context);
        outputs.Set(_lane, _context, inputs);
        inputs.CopyIn(_lane);
        work?.Before(_queue);
        _context.Native.EnqueueV3(_lane.Stream.Raw);
        work?.After(_queue, ShapesOf(outputs));
        outputs.CopyOut(_lane, _context);
        work?.Complete(_queue);
    }

    /// <summary>
    /// Finishes a completed run: sets the outputs' shapes. Captures the run as a CUDA graph the second time the same shapes and
    /// addresses are seen.
    /// </summary>
    public void Finish(RunInputs inputs, RunOutputs outputs)
    {
        outputs.Take(_lane);
        if (_context is null || !MayCapture(outputs)) return;
        if (_graph?.Context == _context) Capture(_graph, outputs);
        else _graphs.Note(WriteKey(inputs, outputs));
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

    /// <summary>The shapes that the outputs have now.</summary>
    private GpuShapes ShapesOf(RunOutputs outputs)
    {
        if (_shapesOf != outputs) (_shapes, _shapesOf) = (null, outputs);
        return _shapes = outputs.Shapes(_shapes);
    }

    private bool MayCapture(RunOutputs outputs) => _lane.Session.CapturesGraphs && !outputs.HasDataDependent;

    private ReadOnlySpan<long> WriteKey(RunInputs inputs, RunOutputs outputs)
    {
        var length = inputs.KeyLength + outputs.KeyLength + 2;
        // The lane serves several bindings, which nearly always have the same number of tensors.
        if (_key.Length != length) _key = new long[length];
        inputs.WriteKey(_lane, _key);
        outputs.WriteKey(_lane, _key.AsSpan(inputs.KeyLength));
        (_key[^2], _key[^1]) = (_work?.Id ?? 0, _work?.Version ?? 0);
        return _key;
    }

    private bool Replay(CudaGraphExec executable, RunGraph graph, RunInputs inputs, RunOutputs outputs)
    {
        outputs.Expect(graph.Outputs);
        inputs.CopyIn(_lane);
        try
        {
            executable.Launch(_lane.Stream);
        }
        catch (CudaException e) when (e is not DeviceLostException)
        {
            GiveUpGraphs(e);
            return false;
        }

        outputs.CopyOut(_lane, context: null);
        _work?.Complete(_queue);
        return true;
    }

    /// <summary>The context to capture this run with; <see langword="null"/> if it is not to be captured.</summary>
    private LaneContext? CaptureContext(RunInputs inputs)
    {
        if (_graph is null || !_graphs.Wants(_graph)) return null;
        try
        {
            return _graph.Context ??= _lane.MakeContext(inputs.Profile);
        }
        catch (Exception e) when (e is TensorRtException or CudaException and not DeviceLostException)
        {
            HostGpuMemory.TakeRefusal();
            GiveUpGraphs(e);
            return null;
        }
    }

    /// <summary>Captures the run that has just completed. Its context is set up and its results are already there.</summary>
    private void Capture(RunGraph graph, RunOutputs outputs)
    {
        HostGpuMemory.IsCapturing = true;
        try
        {
            // On the application's stream, other work that it queues at this moment would be captured too.
            using var own = _lane.Stream.IsForeign ? CudaStream.Create(_lane.Session.Context) : null;
            var stream = own ?? _lane.Stream;
            var (queue, work) = (own is null ? _queue : new GpuQueue(own), _work);
            using var captured = CudaGraph.Capture(stream, () =>
            {
                work?.Before(queue);
                graph.Context!.Native.EnqueueV3(stream.Raw);
                work?.After(queue, ShapesOf(outputs));
            });
            graph.Executable = captured.Instantiate();
            graph.Outputs = outputs.Remember();
        }
        catch (Exception e) when (e is TensorRtException or CudaException and not DeviceLostException)
        {
            HostGpuMemory.TakeRefusal();
            GiveUpGraphs(e);
        }
        finally
        {
            HostGpuMemory.IsCapturing = false;
        }
    }

    private void GiveUpGraphs(Exception reason)
    {
        _graph = null;
        _lane.Session.StopCapturing(reason);
        _graphs.Clear();
    }
}
