using System.Diagnostics;
using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT;
using TrtBindings.TensorRT.Running;

namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>
/// A TensorRT engine with its tensors resident on the device and nothing around it: enqueueV3 from a small C library, and a CUDA
/// graph of it. What a pipeline is measured against.
/// </summary>
internal sealed class RawEngine : IDisposable
{
    private const int WarmUps = 50;

    private readonly ModelInputs _inputs;
    private readonly ModelOutputs _outputs;
    private readonly TrtContext _context;
    private readonly CudaStream _stream;
    private readonly Baseline _baseline;
    private readonly CudaGraphExec _graph;
    private readonly TensorRtSession _session;

    /// <summary>Prepares runs.</summary>
    /// <param name="model">The model, on TensorRT.</param>
    /// <param name="batch">Pictures of a run; every dynamic dimension gets this value.</param>
    public RawEngine(OnnxModel model, long batch)
    {
        var run = (IRunnableModel)model;
        _inputs = run.CreateInputs([.. run.Signature.InputDimensions.Select(_ => batch)]);
        _outputs = run.CreateOutputs([.. run.Signature.OutputDimensions.Select(_ => batch)]);
        InputFormula.Fill(_inputs.Tensors[0]);
        OnDevice.Move(model, _inputs, _outputs);
        var session = _session = (TensorRtSession)((OnnxModel.RunBinding)_outputs.Attachment!).Session;
        using var scope = session.Context.Enter();
        _context = session.Native.CreateExecutionContext(default);
        _stream = CudaStream.Create(session.Context);
        _baseline = new(_context, _stream,
        [
            .. _inputs.Tensors.Select(one => (one.Name, (long[]?)TensorValues.ShapeOf(one), one.DeviceAddress)),
            .. _outputs.Tensors.Select(one => (one.Name, (long[]?)null, one.DeviceAddress)),
        ]);
        for (var i = 0; i < WarmUps; i++) _baseline.RunOnce();
        using var captured = CudaGraph.Capture(_stream, () => _context.EnqueueV3(_stream.Raw));
        _graph = captured.Instantiate();
        for (var i = 0; i < WarmUps; i++) Replay();
    }

    /// <summary>CUDA graphs that the model's own runs have, on all lanes.</summary>
    public int Graphs => _session.Lanes.All().Sum(lane => lane.GraphCount);

    /// <summary>Milliseconds of setInputShape, setTensorAddress, enqueueV3 and the wait.</summary>
    public double Enqueue() => _baseline.RunOnce() / 1e6;

    /// <summary>Milliseconds of one launch of the graph and the wait.</summary>
    public double Replay()
    {
        using var scope = _stream.Context.Enter();
        var start = Stopwatch.GetTimestamp();
        _graph.Launch(_stream);
        _stream.Synchronize();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Milliseconds of each of many launches that follow each other without a gap.</summary>
    /// <param name="runs">Number of launches.</param>
    /// <param name="beside">Called after each, to queue something else on another stream.</param>
    public double Sustained(int runs, Action? beside = null)
    {
        using var scope = _stream.Context.Enter();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < runs; i++)
        {
            _graph.Launch(_stream);
            beside?.Invoke();
        }

        _stream.Synchronize();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / runs;
    }

    public void Dispose()
    {
        _graph.Dispose();
        _baseline.Dispose();
        _stream.Dispose();
        _context.Dispose();
        _outputs.Dispose();
        _inputs.Dispose();
    }
}
