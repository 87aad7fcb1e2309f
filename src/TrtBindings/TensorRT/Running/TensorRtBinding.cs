using TrtBindings.Backends;

namespace TrtBindings.TensorRT.Running;

/// <summary>Inputs and outputs tied to an engine. It owns nothing on the GPU: what a run needs there is a lane's.</summary>
internal sealed class TensorRtBinding : IBackendBinding
{
    private readonly TensorRtSession _engine;
    private readonly LaneWaiter _waiter = new();
    private Lane? _lane;

    /// <summary>Ties tensors to the inputs and outputs that have their names.</summary>
    public TensorRtBinding(
        TensorRtSession engine, IReadOnlyList<TensorBuffer> inputs, IReadOnlyList<TensorBuffer> outputs)
    {
        _engine = engine;
        Inputs = new(engine, inputs);
        Outputs = new(engine, outputs);
    }

    /// <summary>The engine.</summary>
    public TensorRtSession Engine => _engine;

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
    /// <remarks>Copies from and to memory that is not pinned are made while the run is queued.</remarks>
    public ValueTask RunAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        try
        {
            Inputs.Read();
            Outputs.Read();
        }
        catch (Exception e)
        {
            return ValueTask.FromException(e);
        }

        var renting = _engine.Lanes.RentAsync(_waiter, _lane, cancellationToken);
        return renting.IsCompletedSuccessfully ? new(Start(renting.Result)) : WaitAndStart(renting);
    }

    /// <summary>Runs twice, and takes the time of each layer in the second run.</summary>
    public List<LayerTime> Profile()
    {
        Inputs.Read();
        Outputs.Read();
        var lane = _engine.Lanes.Rent(_waiter, _lane, CancellationToken.None);
        try
        {
            return lane.Profile(Inputs, Outputs);
        }
        finally
        {
            _engine.Lanes.Return(lane);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lane = null;

    private async ValueTask WaitAndStart(ValueTask<Lane> renting) =>
        await Start(await renting.ConfigureAwait(false)).ConfigureAwait(false);

    private Task Start(Lane lane)
    {
        _lane = lane;
        return AsyncRun.Start(this, lane);
    }
}
