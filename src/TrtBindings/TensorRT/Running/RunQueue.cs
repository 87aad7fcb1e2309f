using TrtBindings.Gpu;
using TrtBindings.Interop.Cuda;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// Queues the work of the application around the model's: the same for a plain run and for a capture. One object for all runs of
/// a lane.
/// </summary>
internal sealed class RunQueue(Lane lane) : IDisposable
{
    /// <summary>Number of values that <see cref="WriteKey"/> writes.</summary>
    public const int KeyLength = 2;

    /// <summary>Bits of the last value that are below the work's version.</summary>
    public const int FlagBits = 2;

    private readonly GpuQueue _queue = new(lane.Stream);
    private GpuWork? _work;
    private GpuShapes? _shapes;
    private RunOutputs? _shapesOf;
    private RunTimes? _times;
    private bool _measures;

    /// <summary>Whether the run waits for the model of the run before.</summary>
    public bool TakesTurns { get; private set; }

    /// <summary>Starts a run: what is different in each run is queued first.</summary>
    public void Begin(GpuWork? work)
    {
        (_work, _measures) = (work, work is { MeasuresTimes: true });
        TakesTurns = work is { TakesTurns: true } && lane.Session.Turns is not null;
        if (work is null) return;
        // Not in a capture, where nothing can be made.
        if (_measures || TakesTurns) _times ??= new(lane.Session.Context);
        work.Prepare(_queue);
        lane.Session.Context.Restore();
    }

    /// <summary>Writes what a CUDA graph depends on: the work, and which events are recorded.</summary>
    public void WriteKey(Span<long> key)
    {
        (key[0], key[1]) = (0, 0);
        if (_work is null) return;
        var flags = (_measures ? 1L : 0) | (TakesTurns ? 2L : 0);
        (key[0], key[1]) = (_work.Id, (_work.Version << FlagBits) | flags);
    }

    /// <summary>
    /// Makes the model that is queued next wait for that of the run before, if the work asks for it. What was queued until now
    /// does not wait. Ends with the scope.
    /// </summary>
    public Lock.Scope TakeTurn() => TakesTurns ? lane.Session.Turns!.Take(lane.Stream, _times!.ModelEnd) : default;

    /// <summary>Queues the work before the model where that does not wait for the run's turn; otherwise nothing.</summary>
    public void EnqueueAhead()
    {
        if (TakesTurns) Before(_queue);
    }

    /// <summary>Queues the work before the model unless that is ahead of it, the model, and the work after it.</summary>
    /// <param name="context">A context whose shapes and addresses are set.</param>
    /// <param name="outputs">The outputs, whose shapes are known.</param>
    public void Enqueue(LaneContext context, RunOutputs outputs) => Enqueue(_queue, context, outputs);

    /// <summary>Captures what <see cref="EnqueueAhead"/> queues; <see langword="null"/> if that is nothing.</summary>
    public CudaGraphExec? CaptureAhead()
    {
        if (!TakesTurns) return null;
        var first = _queue.Count;
        using var graph = CudaGraph.Capture(lane.Stream, () => Before(_queue));
        return _queue.Count == first ? null : Complete(graph, _queue.Count - first).Instantiate();
    }

    /// <summary>Captures what <see cref="Enqueue(LaneContext, RunOutputs)"/> queues.</summary>
    /// <param name="context">A context whose shapes and addresses are set, and which has run with them.</param>
    /// <param name="outputs">The outputs, whose shapes are known.</param>
    /// <exception cref="CudaException">The work cannot be captured, or the graph does not have all of it.</exception>
    public CudaGraphExec Capture(LaneContext context, RunOutputs outputs)
    {
        // On the application's stream, other work that it queues at this moment would be captured too.
        using var own = lane.Stream.IsForeign ? CudaStream.Create(lane.Session.Context) : null;
        var queue = own is null ? _queue : new(own);
        var first = queue.Count;
        using var graph = CudaGraph.Capture(queue.Native, () => Enqueue(queue, context, outputs));
        // The model is one at least.
        return Complete(graph, queue.Count - first + 1).Instantiate();
    }

    /// <summary>Queues what follows in each run.</summary>
    public void Complete()
    {
        if (_work is null) return;
        _work.Complete(_queue);
        lane.Session.Context.Restore();
    }

    /// <summary>Takes the times of a run that has completed.</summary>
    public void End()
    {
        if (_measures) _work!.LastTimes = _times!.Read(TakesTurns);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_times is not null) lane.Session.Turns?.Leave(_times.ModelEnd);
        _times?.Dispose();
    }

    /// <summary>A graph that lacks something replays without an error.</summary>
    private CudaGraph Complete(CudaGraph graph, int pieces) => graph.NodeCount is var nodes && nodes >= pieces ? graph
        : throw CudaStatus.ToException(lane.Session.Context.Api, CudaResult.StreamCaptureInvalidated, "cuStreamEndCapture",
            $"{pieces} or more pieces of work were recorded, and the graph has {nodes}");

    private void Before(GpuQueue queue)
    {
        if (_measures) _times!.BeforeBegins(queue);
        _work!.Before(queue);
        lane.Session.Context.Restore();
        if (_measures && TakesTurns) _times!.BeforeEnds(queue);
    }

    private void Enqueue(GpuQueue queue, LaneContext context, RunOutputs outputs)
    {
        if (_work is null)
        {
            context.Native.EnqueueV3(queue.Stream);
            return;
        }

        if (!TakesTurns) Before(queue);
        if (_measures) _times!.ModelBegins(queue);
        context.Native.EnqueueV3(queue.Stream);
        if (_measures || TakesTurns) _times!.ModelEnds(queue);
        if (outputs.HasDataDependent) outputs.TakeLate(lane, context);
        _work.After(queue, ShapesOf(outputs));
        lane.Session.Context.Restore();
        if (_measures) _times!.AfterEnds(queue);
    }

    /// <summary>The shapes that the outputs have now.</summary>
    private GpuShapes ShapesOf(RunOutputs outputs)
    {
        if (_shapesOf != outputs) (_shapes, _shapesOf) = (null, outputs);
        return _shapes = outputs.Shapes(_shapes);
    }
}
