using TrtBindings.Interop.Cuda;

namespace TrtBindings.OnnxRuntime;

/// <summary>
/// The work before and after ONNX Runtime's run, recorded as two CUDA graphs in the second run of the same work, shapes and
/// addresses. ONNX Runtime's own run is in neither: it allocates and waits inside, which a recording refuses.
/// </summary>
/// <param name="stream">The session's stream.</param>
internal sealed class OrtWorkGraphs(OrtStream stream) : IDisposable
{
    /// <summary>Another thread may break a recording, so one that failed is made again, this many times.</summary>
    private const int MostFailures = 3;

    private CudaStream? _recorder;
    private GpuQueue? _recorderQueue;
    private CudaGraphExec? _before;
    private CudaGraphExec? _after;
    private GpuShapes? _shapes;
    private nint[][]? _shapesOf;
    private int[] _versions = [];
    private long _id;
    private long _version;
    private bool _isKnown;
    private int _failures;

    /// <summary>Whether the work is replayed.</summary>
    public bool IsRecorded => _before is not null;

    /// <summary>Decides for the run that begins whether its work is queued, recorded or replayed.</summary>
    /// <param name="work">The work.</param>
    /// <param name="shapes">
    /// The outputs' shapes, the same array for the same ones; <see langword="null"/> if only the run tells them.
    /// </param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="outputs">The outputs.</param>
    public void Begin(GpuWork work, nint[][]? shapes, OrtInput[] inputs, OrtOutput[] outputs)
    {
        if (shapes is null)
        {
            Forget();
            return;
        }

        if (_isKnown && _id == work.Id && _version == work.Version && _shapesOf == shapes && HasSame(inputs, outputs))
        {
            if (_before is null && stream.RecordsWork && _failures < MostFailures) Record(work);
            return;
        }

        Forget();
        (_id, _version, _isKnown, _failures) = (work.Id, work.Version, true, 0);
        if (_shapesOf != shapes) (_shapes, _shapesOf) = (new(shapes), shapes);
        if (_versions.Length != inputs.Length + outputs.Length) _versions = new int[inputs.Length + outputs.Length];
        for (var i = 0; i < inputs.Length; i++) _versions[i] = inputs[i].Buffer.Version;
        for (var i = 0; i < outputs.Length; i++) _versions[inputs.Length + i] = outputs[i].Buffer.Version;
    }

    /// <summary>Queues the work before the run.</summary>
    public void Before(GpuWork work)
    {
        if (_before is { } graph) graph.Launch(stream.Native);
        else work.Before(stream.Queue);
    }

    /// <summary>Queues the work after the run.</summary>
    /// <param name="work">The work.</param>
    /// <param name="outputs">The outputs, for shapes that were not known when the run began.</param>
    public void After(GpuWork work, OrtOutput[] outputs)
    {
        if (_after is { } graph) graph.Launch(stream.Native);
        else work.After(stream.Queue, _isKnown ? _shapes! : new(Array.ConvertAll(outputs, one => one.Buffer.Lengths.ToArray())));
    }

    /// <summary>Queues work from now on instead of replaying it, because its addresses or shapes are no longer those.</summary>
    public void Forget()
    {
        _before?.Dispose();
        _after?.Dispose();
        (_before, _after, _isKnown) = (null, null, false);
    }

    public void Dispose()
    {
        Forget();
        _recorder?.Dispose();
    }

    /// <summary>A version of a tensor changes with its shape and its address.</summary>
    private bool HasSame(OrtInput[] inputs, OrtOutput[] outputs)
    {
        for (var i = 0; i < inputs.Length; i++)
            if (_versions[i] != inputs[i].Buffer.Version) return false;
        for (var i = 0; i < outputs.Length; i++)
            if (_versions[inputs.Length + i] != outputs[i].Buffer.Version) return false;
        return true;
    }

    /// <summary>
    /// Records on a stream of its own: ONNX Runtime, which other threads may be calling, has the session's.
    /// </summary>
    /// <exception cref="DeviceLostException">The GPU is lost.</exception>
    private void Record(GpuWork work)
    {
        CudaGraphExec? before = null;
        try
        {
            _recorder ??= CudaStream.Create(stream.Context);
            var queue = _recorderQueue ??= new(_recorder);
            before = Capture(queue, () => work.Before(queue));
            _after = Capture(queue, () => work.After(queue, _shapes!));
            _before = before;
        }
        catch (Exception e)
        {
            // The stream may still be in the recording that broke.
            before?.Dispose();
            _recorder?.Dispose();
            (_recorder, _recorderQueue) = (null, null);
            _failures++;
            // The run queues its work instead. What the work itself throws is the run's error, as in a run without a recording.
            if (e is not CudaException or DeviceLostException) throw;
        }
    }

    /// <exception cref="CudaException">The work cannot be recorded, or the graph does not have all of it.</exception>
    private CudaGraphExec Capture(GpuQueue queue, Action queueWork)
    {
        var first = queue.Count;
        using var graph = CudaGraph.Capture(_recorder!, queueWork);
        // A graph that lacks something replays without an error.
        if (graph.NodeCount < queue.Count - first)
        {
            throw CudaStatus.ToException(stream.Context.Api, CudaResult.StreamCaptureInvalidated, "cuStreamEndCapture",
                $"The graph has {graph.NodeCount} nodes for {queue.Count - first} pieces of work.");
        }

        return graph.Instantiate();
    }
}
