namespace TrtBindings.Backends.TensorRT;

/// <summary>Inputs and outputs tied to an engine. It owns nothing on the GPU: what a run needs there is a lane's.</summary>
internal sealed class TensorRtBinding : IBackendBinding
{
    private readonly TensorRtEngine _engine;
    private readonly LaneWaiter _waiter = new();
    private Lane? _lane;

    /// <summary>Ties tensors to the inputs and outputs that have their names.</summary>
    public TensorRtBinding(
        TensorRtEngine engine, IReadOnlyList<TensorBuffer> inputs, IReadOnlyList<TensorBuffer> outputs)
    {
        _engine = engine;
        Inputs = new(engine, inputs);
        Outputs = new(engine, outputs);
    }

    /// <summary>The inputs.</summary>
    public RunInputs Inputs { get; }

    /// <summary>The outputs.</summary>
    public RunOutputs Outputs { get; }

    /// <inheritdoc/>
    public void Run(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Inputs.Read();
        Outputs.Read();
        // The lane of the last run has the device copies at their addresses, and perhaps a recording.
        var lane = _lane = _engine.Lanes.Rent(_waiter, _lane, cancellationToken);
        try
        {
            lane.Run(Inputs, Outputs);
        }
        finally
        {
            _engine.Lanes.Return(lane);
        }
    }

    /// <inheritdoc/>
    public ValueTask RunAsync(CancellationToken cancellationToken) =>
        new(Task.Run(() => Run(cancellationToken), cancellationToken));

    /// <inheritdoc/>
    public void Dispose() => _lane = null;
}
