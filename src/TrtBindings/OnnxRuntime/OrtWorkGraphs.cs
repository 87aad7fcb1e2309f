using TrtBindings.Interop.Cuda;

namespace TrtBindings.OnnxRuntime;

/// <summary>
/// The work before and after ONNX Runtime's run, recorded as two CUDA graphs in the second run of the same work, shapes and
/// addresses. ONNX Runtime's own run is in neither: it allocates and waits inside, which a recording refuses.
/// </summary>
/// <param name="stream">The session's stream.</param>
internal sealed class OrtWorkGraphs(OrtStream stream) : IDisposable
{
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
    private bool _gaveUp;

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
        if (shapes is null || _gaveUp)
        {
            Forget();
            return;
        }

        if (_isKnown && _id == work.Id && _version == work.Version && _shapesOf == shapes && HasSame(inputs, outputs))
        {
            if (_before is null) Record(work);
            return;
        }

        Forget();
        (_id, _version, _isKnown) = (work.Id, work.Version, true);
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
    private void Record(GpuWork work)
    {
        try
        {
            _recorder ??= CudaStream.Create(stream.Context);
            var queue = _recorderQueue ??= new(_recorder);
            using var before = CudaGraph.Capture(_recorder, () => work.Before(queue));
            using var after = CudaGraph.Capture(_recorder, () => work.After(queue, _shapes!));
            var executable = before.Instantiate();
            try
            {
                _after = after.Instantiate();
                _before = executable;
            }
            catch
            {
                executable.Dispose();
                throw;
            }
        }
        catch (CudaException e) when (e is not DeviceLostException)
        {
            // Work that cannot be recorded is queued each time.
            _gaveUp = true;
            Forget();
        }
    }
}
