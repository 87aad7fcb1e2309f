using System.Runtime.ExceptionServices;
using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// The GPU resources of one run at a time: a stream, execution contexts that share scratch memory because they run one after
/// the other, and device copies of tensors in host memory. Used by one thread at a time.
/// </summary>
internal sealed class Lane : IDisposable
{
    private readonly LaneContext?[] _contexts;
    private readonly List<LaneContext> _all = [];
    private readonly LaneRun _run;
    private readonly EngineHold _hold;
    private long _ownScratchBytes;

    /// <summary>Creates a lane with a stream. Contexts and memory are created when they are needed.</summary>
    public Lane(TensorRtSession session)
    {
        Session = session;
        _contexts = new LaneContext?[session.Profiles.Count];
        Stream = session.Options.TensorRT.Stream == 0
            ? CudaStream.Create(session.Context)
            : CudaStream.Wrap(session.Context, session.Options.TensorRT.Stream);
        try
        {
            _hold = new(session.Native);
        }
        catch (ObjectDisposedException)
        {
            Stream.Dispose();
            throw;
        }

        Memory = new(session.Context.Allocator, Stream, session.Tensors.Length);
        _run = new(this);
    }

    /// <summary>The session that the lane belongs to.</summary>
    public TensorRtSession Session { get; }

    /// <summary>The stream that runs are queued on.</summary>
    public CudaStream Stream { get; }

    /// <summary>Device and host copies of tensors, and scratch memory.</summary>
    public LaneMemory Memory { get; }

    /// <summary>Bytes of the execution contexts' scratch memory.</summary>
    public long ScratchBytes => (Memory.Scratch?.ByteLength ?? 0) + _ownScratchBytes;

    /// <summary>Number of captured CUDA graphs.</summary>
    public int GraphCount => _run.GraphCount;

    /// <summary>Runs once and waits. After an error no work of the run is left on the stream.</summary>
    /// <exception cref="TensorException">Contradicting shapes of inputs, or too little memory of the caller.</exception>
    /// <exception cref="TensorRtException">TensorRT refuses something.</exception>
    /// <exception cref="CudaException">The GPU failed or has too little memory.</exception>
    public void Run(RunInputs inputs, RunOutputs outputs, GpuWork? work)
    {
        using var scope = Session.Context.Enter();
        Queue(inputs, outputs, after: null, work);
        try
        {
            Stream.Synchronize();
        }
        catch (CudaException e)
        {
            Fail(e);
            throw;
        }

        _run.Finish(inputs, outputs);
    }

    /// <summary>Queues a run. After an error no work of the run is left on the stream.</summary>
    /// <param name="inputs">The inputs, whose shapes have been read.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="after">Called by the stream after the run.</param>
    /// <param name="work">Work around the run.</param>
    /// <exception cref="TensorException">Contradicting shapes of inputs, or too little memory of the caller.</exception>
    /// <exception cref="TensorRtException">TensorRT refuses something.</exception>
    /// <exception cref="CudaException">The GPU failed or has too little memory.</exception>
    public void Queue(RunInputs inputs, RunOutputs outputs, CudaHostCallback? after, GpuWork? work = null)
    {
        Session.CheckWeights();
        using var scope = Session.Context.Enter();
        // Clear errors left on this thread by earlier calls.
        HostGpuMemory.TakeRefusal();
        TrtLogger.TakeErrors();
        try
        {
            _run.Queue(inputs, outputs, work);
            after?.EnqueueOn(Stream);
        }
        catch (Exception e)
        {
            Fail(e);
            throw;
        }
    }

    /// <summary>Finishes a queued run that the stream has completed.</summary>
    public void Finish(RunInputs inputs, RunOutputs outputs)
    {
        using var scope = Session.Context.Enter();
        _run.Finish(inputs, outputs);
    }

    /// <summary>Runs twice, and measures the time of each layer in the second run.</summary>
    public List<LayerTime> MeasureLayers(RunInputs inputs, RunOutputs outputs)
    {
        using var scope = Session.Context.Enter();
        HostGpuMemory.TakeRefusal();
        TrtLogger.TakeErrors();
        try
        {
            return _run.MeasureLayers(inputs, outputs);
        }
        catch (Exception e)
        {
            Fail(e);
            throw;
        }
    }

    /// <summary>Drops the captured CUDA graphs, because the engine has changed.</summary>
    public void DropGraphs() => _run.Clear();

    /// <summary>The execution context for runs on a profile that are not captured.</summary>
    /// <exception cref="TensorRtException">TensorRT refuses it.</exception>
    /// <exception cref="CudaException">The GPU failed or has too little memory.</exception>
    public LaneContext ContextFor(int profile)
    {
        // An existing context needs this too: its scratch memory is gone if a larger one was refused.
        if (_contexts[profile] is { } there)
        {
            GrowScratch(profile);
            return there;
        }

        return _contexts[profile] = MakeContext(profile);
    }

    /// <summary>Creates an execution context on a profile. <see cref="Drop"/> destroys it.</summary>
    /// <exception cref="TensorRtException">TensorRT refuses it.</exception>
    /// <exception cref="CudaException">The GPU failed or has too little memory.</exception>
    public LaneContext MakeContext(int profile)
    {
        GrowScratch(profile);
        var native = Session.Native.CreateExecutionContext(Session.SharesScratch
            ? TrtExecutionContextAllocationStrategy.UserManaged
            : TrtExecutionContextAllocationStrategy.Static);
        try
        {
            if (Session.SharesScratch) Give(native);
            if (profile != 0) native.SetOptimizationProfileAsync(profile, Stream.Raw);
        }
        catch
        {
            native.Dispose();
            throw;
        }

        if (!Session.SharesScratch) _ownScratchBytes += Session.Native.DeviceMemorySize;
        var context = new LaneContext(native, profile, Session.Tensors.Length);
        _all.Add(context);
        return context;
    }

    /// <summary>Destroys a context from <see cref="MakeContext"/>. It must not be running.</summary>
    public void Drop(LaneContext context)
    {
        _all.Remove(context);
        if (!Session.SharesScratch) _ownScratchBytes -= Session.Native.DeviceMemorySize;
        context.Dispose();
    }

    /// <summary>
    /// Waits until the stream is idle. Throws the cause of an error if TensorRT reports only that there was one.
    /// </summary>
    /// <exception cref="CudaException">The GPU is lost, or had too little memory.</exception>
    private void Fail(Exception error)
    {
        var refusal = HostGpuMemory.TakeRefusal() as CudaException ?? error.InnerException as CudaException;
        if (error is DeviceLostException) return;
        try
        {
            Stream.Synchronize();
        }
        catch (CudaException e) when (e is not DeviceLostException)
        {
            // The first error says more.
        }

        if (error is TensorRtException && refusal is not null) ExceptionDispatchInfo.Throw(refusal);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        foreach (var context in _all) context.Dispose();
        Memory.Dispose();
        Stream.Dispose();
        _hold.Dispose();
    }

    private void GrowScratch(int profile)
    {
        if (!Memory.GrowScratch(Session.ScratchBytesOf(profile))) return;
        foreach (var context in _all) Give(context.Native);
    }

    private void Give(TrtContext context)
    {
        if (Memory.Scratch is { } scratch) context.SetDeviceMemory(scratch.Address, scratch.ByteLength);
    }
}
