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
    private CudaEvent? _modelEnds;
    private bool _measures;
    private bool _takesTurns;

    /// <summary>Starts a run: what is different in each run is queued first.</summary>
    public void Begin(GpuWork? work)
    {
        (_work, _measures) = (work, work is { MeasuresTimes: true });
        _takesTurns = work is { TakesTurns: true } && lane.Session.Turns is not null;
        if (work is null) return;
        // Not in a capture, where nothing can be made.
        if (_measures) _times ??= new(lane.Session.Context);
        if (_takesTurns) _modelEnds ??= CudaEvent.Create(lane.Session.Context);
        work.Prepare(_queue);
        lane.Session.Context.Restore();
    }

    /// <summary>Writes what a CUDA graph depends on: the work, and which events are recorded.</summary>
    public void WriteKey(Span<long> key)
    {
        (key[0], key[1]) = (0, 0);
        if (_work is null) return;
        var flags = (_measures ? 1L : 0) | (_takesTurns ? 2L : 0);
        (key[0], key[1]) = (_work.Id, (_work.Version << FlagBits) | flags);
    }

    /// <summary>
    /// Makes the model that is queued next wait for that of the run before, if the work asks for it. What was queued until now
    /// does not wait. Ends with the scope.
    /// </summary>
    public Lock.Scope TakeTurn() => _takesTurns ? lane.Session.Turns!.Take(lane.Stream, _modelEnds!) : default;

    /// <summary>Queues the work before the model, the model, and the work after it.</summary>
    /// <param name="context">A context whose shapes and addresses are set.</param>
    /// <param name="outputs">The outputs, whose shapes are known.</param>
    public void Enqueue(LaneContext context, RunOutputs outputs) => Enqueue(_queue, context, outputs);

    /// <summary>Captures the same.</summary>
    /// <param name="context">A context whose shapes and addresses are set, and which has run with them.</param>
    /// <param name="outputs">The outputs, whose shapes are known.</param>
    /// <param name="pieces">The fewest nodes that the graph can have.</param>
    public CudaGraph Capture(LaneContext context, RunOutputs outputs, out int pieces)
    {
        // On the application's stream, other work that it queues at this moment would be captured too.
        using var own = lane.Stream.IsForeign ? CudaStream.Create(lane.Session.Context) : null;
        var queue = own is null ? _queue : new(own);
        var before = queue.Count;
        var graph = CudaGraph.Capture(queue.Native, () => Enqueue(queue, context, outputs));
        // The model is one at least.
        pieces = queue.Count - before + 1;
        return graph;
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
        if (_measures) _work!.LastTimes = _times!.Read();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _times?.Dispose();
        if (_modelEnds is not null) lane.Session.Turns!.Leave(_modelEnds);
    }

    private void Enqueue(GpuQueue queue, LaneContext context, RunOutputs outputs)
    {
        if (_work is null)
        {
            context.Native.EnqueueV3(queue.Stream);
            return;
        }

        var times = _measures ? _times : null;
        times?.BeforeBegins(queue);
        _work.Before(queue);
        lane.Session.Context.Restore();
        times?.ModelBegins(queue);
        context.Native.EnqueueV3(queue.Stream);
        times?.ModelEnds(queue);
        if (_takesTurns) queue.Record(_modelEnds!);
        if (outputs.HasDataDependent) outputs.TakeLate(lane, context);
        _work.After(queue, ShapesOf(outputs));
        lane.Session.Context.Restore();
        times?.AfterEnds(queue);
    }

    /// <summary>The shapes that the outputs have now.</summary>
    private GpuShapes ShapesOf(RunOutputs outputs)
    {
        if (_shapesOf != outputs) (_shapes, _shapesOf) = (null, outputs);
        return _shapes = outputs.Shapes(_shapes);
    }
}
