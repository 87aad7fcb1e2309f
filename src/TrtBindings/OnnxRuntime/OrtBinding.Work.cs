using Microsoft.ML.OnnxRuntime;
using TrtBindings.Gpu;
using TrtBindings.Interop.Cuda;

namespace TrtBindings.OnnxRuntime;

/// <content>Runs on a stream of ours, with work on the GPU around them.</content>
internal sealed partial class OrtBinding
{
    private readonly OrtStream? _stream;
    private OrtWorkGraphs? _around;
    private OrtModelGraph? _model;
    private RunOptions? _unrecorded;
    private CudaEvent? _done;
    private RunTimes? _times;
    private bool _isTimed;

    /// <summary>Whether the work around runs is replayed from CUDA graphs.</summary>
    public bool ReplaysWork => _around?.IsRecorded == true;

    /// <summary>Whether ONNX Runtime copies inputs when they are bound, outside of the stream.</summary>
    private bool ReadsHost => Array.Exists(_inputs, static input => !input.Buffer.IsOnDevice);

    /// <summary>A run without work, which ONNX Runtime ends by waiting.</summary>
    private void RunAlone(OrtStream stream, CancellationToken cancellationToken)
    {
        stream.Enter(cancellationToken);
        try
        {
            stream.Settle();
            Refresh();
            var graph = Recorded(stream);
            RunRefreshed(graph ?? _options, cancellationToken);
            if (graph is not null) stream.Native.Synchronize();
        }
        catch (OnnxRuntimeException) when (stream.Drain() is { } lost)
        {
            throw lost;
        }
        finally
        {
            stream.Leave();
        }
    }

    /// <summary>Queues work, model and work, and then waits while the next run may be queued.</summary>
    private void RunAround(GpuWork work, OrtStream stream, CancellationToken cancellationToken)
    {
        QueueAround(work, stream, cancellationToken);
        WaitAround(work, stream);
    }

    /// <summary>
    /// Runs the model before this returns, because work may record for others that it has read something, and waits for the work
    /// after it on a thread of the pool.
    /// </summary>
    private ValueTask RunAroundAsync(GpuWork work, OrtStream stream, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            QueueAround(work, stream, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }
        catch (Exception e)
        {
            return ValueTask.FromException(e);
        }

        return new(Task.Run(() => WaitAround(work, stream), CancellationToken.None));
    }

    private void QueueAround(GpuWork work, OrtStream stream, CancellationToken cancellationToken)
    {
        stream.Enter(cancellationToken);
        try
        {
            using var scope = stream.Context.Enter();
            try
            {
                Queue(work, stream, cancellationToken);
                _done ??= CudaEvent.Create(stream.Context);
                _done.Record(stream.Native);
                stream.Queued();
            }
            catch (Exception e)
            {
                // ONNX Runtime has an error of its own for a lost GPU, and says it of each call that comes later.
                if (stream.Drain() is { } lost && e is not DeviceLostException) throw lost;
                throw;
            }
        }
        finally
        {
            stream.Leave();
        }

        GC.KeepAlive(this);
    }

    private void WaitAround(GpuWork work, OrtStream stream)
    {
        try
        {
            _done!.Synchronize();
            if (_isTimed) work.LastTimes = _times!.Read();
        }
        finally
        {
            stream.Ended();
        }
    }

    private void Queue(GpuWork work, OrtStream stream, CancellationToken cancellationToken)
    {
        if (ReadsHost) stream.Settle();
        work.Prepare(stream.Queue);
        Refresh();
        var isBound = IsBound;
        _around ??= new(stream);
        _around.Begin(work, isBound ? _expected : null, _inputs, _outputs);
        _isTimed = work.MeasuresTimes;
        if (_isTimed) (_times ??= new(stream.Context)).BeforeBegins(stream.Queue);
        _around.Before(work);
        stream.BeforeModel();
        if (_isTimed) _times!.ModelBegins(stream.Queue);
        // It waits for its end. Told not to (disable_synchronize_execution_providers), the provider of 1.31 keeps memory of
        // its operators and frees it inside a callback of the stream, where that is forbidden: programs hung or were aborted.
        RunRefreshed(Recorded(stream) ?? (stream.RecordsModels ? Unrecorded : _options), cancellationToken);
        // The run found other shapes than those that were known.
        if (isBound && Array.Exists(_outputs, static output => output.IsUnbound)) _around.Forget();
        if (_isTimed) _times!.ModelEnds(stream.Queue);
        _around.After(work, _outputs);
        if (_isTimed) _times!.AfterEnds(stream.Queue);
        work.Complete(stream.Queue);
    }

    /// <summary>Whether the outputs' shapes are known, and ONNX Runtime writes into our memory at those.</summary>
    private bool IsBound => _expected is not null && !_collects && !Array.Exists(_outputs, static output => output.IsUnbound);

    /// <summary>Options of a run that a provider with graphs of its own does not record.</summary>
    private RunOptions Unrecorded => _unrecorded ??= OrtModelGraph.Make(-1);

    /// <summary>The same for a run that the provider records or replays; <see langword="null"/> if it does not.</summary>
    private RunOptions? Recorded(OrtStream stream)
    {
        if (!stream.RecordsModels) return null;
        OrtModelGraph.ThrowIfShared(_inputs, _outputs);
        if (!IsBound) return null;
        // A capacity that grows has another address, which must be there before a graph is chosen.
        for (var i = 0; i < _outputs.Length; i++) _outputs[i].Buffer.EnsureCapacity(_expected![i]);
        return (_model ??= new(stream)).Options(_inputs, _outputs);
    }

    private void LeaveStream()
    {
        _around?.Dispose();
        _times?.Dispose();
        _model?.Dispose();
        _unrecorded?.Dispose();
        _done?.Dispose();
    }
}
