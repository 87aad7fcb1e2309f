using TrtBindings.Backends;

namespace TrtBindings.TensorRT.Running;

/// <summary>Inputs and outputs bound to a session. It owns nothing on the GPU; a lane has what a run needs there.</summary>
internal sealed class TensorRtBinding : IBackendBinding
{
    private readonly TensorRtSession _session;
    private readonly LaneWaiter _waiter = new();
    private Lane? _lane;

    /// <summary>Binds each tensor to the input or output of the same name.</summary>
    public TensorRtBinding(
        TensorRtSession session, IReadOnlyList<TensorBuffer> inputs, IReadOnlyList<TensorBuffer> outputs)
    {
        _session = session;
        Inputs = new(session, inputs);
        Outputs = new(session, outputs);
    }

    /// <summary>The session.</summary>
    public TensorRtSession Session => _session;

    /// <inheritdoc/>
    public GpuWork? Work { get; set; }

    /// <summary>The inputs.</summary>
    public RunInputs Inputs { get; }

    /// <summary>The outputs.</summary>
    public RunOutputs Outputs { get; }

    /// <inheritdoc/>
    public void Run(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Read();
        // The lane of the last run has device copies at the same addresses, and perhaps a CUDA graph.
        var lane = _lane = _session.Lanes.Rent(_waiter, _lane, cancellationToken);
        try
        {
            lane.Run(Inputs, Outputs, Work);
        }
        finally
        {
            _session.Lanes.Return(lane);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Copies from and to memory that is not pinned block while the run is queued.</remarks>
    public ValueTask RunAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        try
        {
            Read();
        }
        catch (Exception e)
        {
            return ValueTask.FromException(e);
        }

        var renting = _session.Lanes.RentAsync(_waiter, _lane, cancellationToken);
        return renting.IsCompletedSuccessfully ? new(Start(renting.Result)) : WaitAndStart(renting);
    }

    /// <summary>Runs twice, and measures the time of each layer in the second run.</summary>
    public List<LayerTime> MeasureLayers()
    {
        Read();
        var lane = _session.Lanes.Rent(_waiter, _lane, CancellationToken.None);
        try
        {
            return lane.MeasureLayers(Inputs, Outputs);
        }
        finally
        {
            _session.Lanes.Return(lane);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lane = null;

    private void Read()
    {
        Inputs.Read();
        Outputs.Read();
    }

    private async ValueTask WaitAndStart(ValueTask<Lane> renting) =>
        await Start(await renting.ConfigureAwait(false)).ConfigureAwait(false);

    private Task Start(Lane lane)
    {
        _lane = lane;
        return AsyncRun.Start(this, lane);
    }
}
