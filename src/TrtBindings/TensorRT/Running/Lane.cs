using System.Runtime.ExceptionServices;
using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Callbacks;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TensorRT.Engines;
using TrtBindings.TensorRT.Host;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// What one run at a time needs on the GPU: a stream, execution contexts that share scratch memory because they run one after
/// the other, and device copies of tensors whose memory is the host's. Used by one thread at a time.
/// </summary>
internal sealed class Lane : IDisposable
{
    private readonly LaneContext?[] _contexts;
    private readonly List<LaneContext> _all = [];
    private readonly LaneRun _run;
    private readonly EngineHold _hold;
    private long _ownScratchBytes;

    /// <summary>A lane with a stream and nothing else yet.</summary>
    public Lane(TensorRtSession engine)
    {
        Engine = engine;
        _contexts = new LaneContext?[engine.Profiles.Count];
        Stream = engine.Settings.Stream == 0
            ? CudaStream.Create(engine.Context)
            : CudaStream.Wrap(engine.Context, engine.Settings.Stream);
        try
        {
            _hold = new(engine.Native);
        }
        catch (ObjectDisposedException)
        {
            Stream.Dispose();
            throw;
        }

        Memory = new(engine.Context.Allocator, Stream, engine.Tensors.Length);
        _run = new(this);
    }

    public TensorRtSession Engine { get; }

    /// <summary>What the runs are queued on.</summary>
    public CudaStream Stream { get; }

    /// <summary>Copies of tensors, and scratch memory.</summary>
    public LaneMemory Memory { get; }

    /// <summary>Bytes of the contexts' scratch memory.</summary>
    public long ScratchBytes => (Memory.Scratch?.ByteLength ?? 0) + _ownScratchBytes;

    /// <summary>Runs that are recorded.</summary>
    public int Recorded => _run.Recorded;

    /// <summary>Runs once and waits for it. On failure nothing of it is under way any more.</summary>
    /// <exception cref="TensorException">The inputs do not fit together, or memory of the caller is too small.</exception>
    /// <exception cref="TensorRtException">TensorRT refuses something.</exception>
    /// <exception cref="CudaException">The GPU failed or has too little memory.</exception>
    public void Run(RunInputs inputs, RunOutputs outputs)
    {
        using var scope = Engine.Context.Enter();
        Queue(inputs, outputs, after: null);
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

    /// <summary>Queues a run. On failure nothing of it is under way any more.</summary>
    /// <param name="inputs">The inputs, whose shapes were read.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="after">Called when all of it is done.</param>
    /// <exception cref="TensorException">The inputs do not fit together, or memory of the caller is too small.</exception>
    /// <exception cref="TensorRtException">TensorRT refuses something.</exception>
    /// <exception cref="CudaException">The GPU failed or has too little memory.</exception>
    public void Queue(RunInputs inputs, RunOutputs outputs, CudaHostCallback? after)
    {
        using var scope = Engine.Context.Enter();
        // What another model's call left on this thread, and recovered from, is no cause of an error of this run.
        HostGpuMemory.TakeRefusal();
        TrtLogger.TakeErrors();
        try
        {
            _run.Queue(inputs, outputs);
            after?.EnqueueOn(Stream);
        }
        catch (Exception e)
        {
            Fail(e);
            throw;
        }
    }

    /// <summary>All of a queued run is done.</summary>
    public void Finish(RunInputs inputs, RunOutputs outputs)
    {
        using var scope = Engine.Context.Enter();
        _run.Finish(inputs, outputs);
    }

    /// <summary>Runs twice, and takes the time of each layer in the second run.</summary>
    public List<LayerTime> Profile(RunInputs inputs, RunOutputs outputs)
    {
        using var scope = Engine.Context.Enter();
        HostGpuMemory.TakeRefusal();
        TrtLogger.TakeErrors();
        try
        {
            return _run.Profile(inputs, outputs);
        }
        catch (Exception e)
        {
            Fail(e);
            throw;
        }
    }

    /// <summary>Forgets recorded runs: what they were recorded of has changed.</summary>
    public void ForgetRecordings() => _run.Clear();

    /// <summary>The context for plain runs on a profile.</summary>
    /// <exception cref="TensorRtException">TensorRT refuses it.</exception>
    /// <exception cref="CudaException">The GPU failed or has too little memory.</exception>
    public LaneContext ContextFor(int profile)
    {
        // Also for one that is there: scratch memory is gone where a larger one was refused.
        if (_contexts[profile] is { } there)
        {
            GrowScratch(profile);
            return there;
        }

        return _contexts[profile] = MakeContext(profile);
    }

    /// <summary>A new context on a profile; <see cref="Drop"/> takes it back.</summary>
    /// <exception cref="TensorRtException">TensorRT refuses it.</exception>
    /// <exception cref="CudaException">The GPU failed or has too little memory.</exception>
    public LaneContext MakeContext(int profile)
    {
        GrowScratch(profile);
        var native = Engine.Native.CreateExecutionContext(Engine.SharesScratch
            ? TrtExecutionContextAllocationStrategy.UserManaged
            : TrtExecutionContextAllocationStrategy.Static);
        try
        {
            if (Engine.SharesScratch) Give(native);
            if (profile != 0) native.SetOptimizationProfileAsync(profile, Stream.Raw);
        }
        catch
        {
            native.Dispose();
            throw;
        }

        if (!Engine.SharesScratch) _ownScratchBytes += Engine.Native.DeviceMemorySize;
        var context = new LaneContext(native, profile, Engine.Tensors.Length);
        _all.Add(context);
        return context;
    }

    /// <summary>Destroys a context that <see cref="MakeContext"/> made; nothing of it is under way.</summary>
    public void Drop(LaneContext context)
    {
        _all.Remove(context);
        if (!Engine.SharesScratch) _ownScratchBytes -= Engine.Native.DeviceMemorySize;
        context.Dispose();
    }

    /// <summary>
    /// Waits until nothing queued is left, and throws the cause of an error where TensorRT only says that there was one.
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
            // The error that led here says more.
        }

        if (error is TensorRtException && refusal is not null) ExceptionDispatchInfo.Throw(refusal);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Clear();
        foreach (var context in _all) context.Dispose();
        Memory.Dispose();
        Stream.Dispose();
        _hold.Dispose();
    }

    private void GrowScratch(int profile)
    {
        if (!Memory.GrowScratch(Engine.ScratchBytesOf(profile))) return;
        foreach (var context in _all) Give(context.Native);
    }

    private void Give(TrtContext context)
    {
        if (Memory.Scratch is { } scratch) context.SetDeviceMemory(scratch.Address, scratch.ByteLength);
    }
}
