using TrtBindings.Backends;
using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.Tensors;

namespace TrtBindings.TensorRT.Running;

/// <summary>A model loaded on TensorRT: an engine on one GPU. Thread-safe; its bindings run side by side.</summary>
internal sealed class TensorRtSession : IGpuSession
{
    private readonly IDisposable? _logging;
    private readonly long _engineBytes;
    private readonly nint[] _scratchBytes;
    private volatile TensorRtException? _weightsError;
    private volatile bool _disposed;

    private TensorRtSession(TensorRtHost host, TrtEngine native, string name, ModelOptions options, long engineBytes)
    {
        (Host, Native, Name, Options, _engineBytes) = (host, native, name, options, engineBytes);
        Tensors = EngineTensor.ReadAll(native);
        Inputs = Array.FindAll(Tensors, tensor => tensor.IsInput);
        Outputs = Array.FindAll(Tensors, tensor => !tensor.IsInput);
        HasShapeTensors = Array.Exists(Inputs, input => input.DecidesShapes);
        Profiles = new(native, Inputs);
        SharesScratch = host.Library.Slots.Has(TrtMethod.ExecutionContext_SetDeviceMemoryV2);
        _scratchBytes = new nint[Profiles.Count];
        for (var profile = 0; SharesScratch && profile < _scratchBytes.Length; profile++)
            _scratchBytes[profile] = checked((nint)native.GetDeviceMemorySizeForProfile(profile));
        // Tensors in host memory are read when a run is queued, not when a CUDA graph of it is replayed.
        Captures = new(name, options.Logger,
            options.TensorRT.UseCudaGraphs && SharesScratch && !Array.Exists(Tensors, tensor => tensor.IsOnHost));
        var lanes = options.TensorRT.Stream == 0 ? options.TensorRT.MaxConcurrentRuns : 1;
        Lanes = new(lanes, () => new(this));
        Turns = lanes > 1 ? new() : null;
        HostMemory = new PinnedHostMemory(host.Context, options.Logger);
        _logging = options.Logger is { } logger ? host.AddLogger(logger) : null;
    }

    /// <summary>TensorRT on the GPU.</summary>
    public TensorRtHost Host { get; }

    /// <summary>The engine.</summary>
    public TrtEngine Native { get; }

    /// <summary>The engine file's path or another name for messages.</summary>
    public string Name { get; }

    /// <summary>The options that the model was loaded with.</summary>
    public ModelOptions Options { get; }

    /// <summary>All inputs and outputs, in the engine's order.</summary>
    public EngineTensor[] Tensors { get; }

    /// <summary>The inputs among <see cref="Tensors"/>.</summary>
    public EngineTensor[] Inputs { get; }

    /// <summary>The outputs among <see cref="Tensors"/>.</summary>
    public EngineTensor[] Outputs { get; }

    /// <summary>The engine has shape tensors: inputs whose values decide shapes.</summary>
    public bool HasShapeTensors { get; }

    /// <summary>The engine's optimization profiles.</summary>
    public EngineProfiles Profiles { get; }

    /// <summary>The contexts of a lane share scratch memory, which is possible from TensorRT 10.1 on.</summary>
    public bool SharesScratch { get; }

    /// <summary>Runs are captured as CUDA graphs. Turned off after a number of captures of which none worked.</summary>
    public bool CapturesGraphs => Captures.AreAllowed;

    /// <summary>What became of the captures of all lanes.</summary>
    public CaptureRecord Captures { get; }

    /// <summary>The lanes that runs use.</summary>
    public LanePool Lanes { get; }

    /// <summary>The order of the lanes' models; <see langword="null"/> if there is one lane.</summary>
    public RunTurns? Turns { get; }

    /// <inheritdoc/>
    public ParityReport? Parity { get; set; }

    /// <inheritdoc/>
    public int WarmUpRuns => CapturesGraphs ? RunGraphs.RunsUntilChosen : IBackendSession.PlainWarmUpRuns;

    public string Version => Host.Library.Version.ToString();

    public string LibraryPath => Host.Library.Path;

    public IHostMemory HostMemory { get; }

    public CudaContext Context => Host.Context;

    /// <summary>Opens a plan and checks it against the class's signature.</summary>
    /// <param name="host">TensorRT on the GPU.</param>
    /// <param name="plan">The plan. The caller disposes it, and may do so when this returns.</param>
    /// <param name="name">The engine file's path or another name for messages.</param>
    /// <param name="signature">The signature of the class.</param>
    /// <param name="options">The options, checked.</param>
    /// <param name="refit">
    /// Puts the weights into an engine without them; <see langword="null"/> if there is no model to take them from.
    /// </param>
    /// <exception cref="EngineFileException">Damaged, of another TensorRT or GPU, or without its weights.</exception>
    /// <exception cref="SignatureMismatchException">It is not the engine of the class.</exception>
    /// <exception cref="CudaException">The GPU failed or has too little memory.</exception>
    public static TensorRtSession Open(TensorRtHost host, EnginePlan plan, string name, ModelSignature signature,
        ModelOptions options, Action<TrtEngine>? refit = null)
    {
        using var scope = host.Context.Enter();
        // Host code in an engine runs only if the application asked for version-compatible engines.
        var native = EngineOpener.Open(host, plan, name, options.TensorRT.VersionCompatible, out var bytes);
        try
        {
            if (EngineOpener.LacksWeights(native, plan.Length))
            {
                if (refit is null) throw EngineOpener.WithoutWeights(name);
                refit(native);
            }

            var session = new TensorRtSession(host, native, name, options, bytes);
            var check = new SignatureCheck(session.Tensors, session.Profiles);
            if (check.FirstDifference(signature.Inputs, signature.Outputs) is not { } difference) return session;
            session.Dispose();
            throw new SignatureMismatchException(name, difference);
        }
        catch
        {
            native.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IBackendBinding Bind(IReadOnlyList<TensorBuffer> inputs, IReadOnlyList<TensorBuffer> outputs, int profile = -1)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new TensorRtBinding(this, inputs, outputs) { Inputs = { Preferred = profile } };
    }

    /// <summary>Bytes of shared scratch memory that a context on a profile needs; 0 if each context has its own.</summary>
    public nint ScratchBytesOf(int profile) => _scratchBytes[profile];

    /// <summary>Checks that a tensor is in memory that the engine can reach.</summary>
    /// <exception cref="TensorException">It is not.</exception>
    public void CheckPlace(TensorBuffer buffer, EngineTensor tensor)
    {
        if (!buffer.IsOnDevice) return;
        if (tensor.IsOnHost)
        {
            throw new TensorException(buffer.Name, $"Tensor '{buffer.Name}' must be in host memory, because its values are "
                + "shapes. Call UseHostMemory().");
        }

        if (buffer.DeviceContext == Context) return;
        throw new TensorException(buffer.Name, $"Tensor '{buffer.Name}' lies in memory of {buffer.DeviceContext!.Device}, and "
            + $"the model runs on {Context.Device}. Give it a DeviceBuffer of that GPU.");
    }

    /// <summary>Refuses to run with undefined weights.</summary>
    /// <exception cref="TensorRtException">The last refit failed while TensorRT wrote the weights.</exception>
    public void CheckWeights()
    {
        if (_weightsError is { } error)
        {
            throw new TensorRtException(error.Function, Version, [],
                "failed in the last Refit, so the weights are undefined. Call Refit again, or load the model anew.", error);
        }
    }

    /// <inheritdoc/>
    public GpuMemoryUse MemoryUse()
    {
        var lanes = Lanes.All();
        var (free, total) = Context.MemoryInfo();
        return new()
        {
            EngineBytes = _engineBytes,
            ScratchBytes = lanes.Sum(lane => lane.ScratchBytes),
            TensorBytes = lanes.Sum(lane => lane.Memory.StagedBytes),
            Lanes = lanes.Length,
            ProcessBytesInUse = Context.Allocator.BytesInUse,
            ProcessBytesReserved = Context.Allocator.BytesReserved,
            DeviceFreeBytes = free,
            DeviceTotalBytes = total,
        };
    }

    /// <inheritdoc/>
    public string Inspect()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var hold = new EngineHold(Native);
        using var scope = Context.Enter();
        using var inspector = Native.CreateEngineInspector();
        return inspector.GetEngineInformation(TrtLayerInformationFormat.Json);
    }

    /// <inheritdoc/>
    public IReadOnlyList<LayerTime> MeasureLayers(IBackendBinding binding) => ((TensorRtBinding)binding).MeasureLayers();

    /// <inheritdoc/>
    public void Refit(ModelSource source, ModelDescription description, CancellationToken cancellationToken)
    {
        if (!Native.IsRefittable)
        {
            throw new ModelOptionException("TensorRtOptions.Refittable", $"The engine '{Name}' takes no other weights: it was "
                + "built without TensorRtOptions.Refittable. Build it with that option.");
        }

        Refit(engine => EngineRefit.Refit(Host, engine, source, description), cancellationToken);
    }

    /// <summary>Changes the engine's weights: runs in flight end first, and new ones wait.</summary>
    /// <param name="refit">Puts the weights in, and has completed when it returns.</param>
    /// <param name="cancellationToken">Ends the wait for runs in flight.</param>
    /// <exception cref="TensorRtException">TensorRT refuses the weights, or the engine cannot take any.</exception>
    internal void Refit(Action<TrtEngine> refit, CancellationToken cancellationToken = default) => Lanes.RunAlone(lanes =>
    {
        using var hold = new EngineHold(Native);
        using var scope = Context.Enter();
        // A captured graph holds the old weights or their addresses.
        foreach (var lane in lanes) lane.DropGraphs();
        try
        {
            refit(Native);
            _weightsError = null;
        }
        catch (TensorRtException e) when (e.Function == EngineRefit.WritingCall)
        {
            _weightsError = e;
            throw;
        }
    }, cancellationToken);

    /// <inheritdoc/>
    public DeviceMemory AllocateDevice(nint bytes) => Context.Allocator.Allocate(bytes);

    /// <summary>Runs in flight end normally. The engine is destroyed after the last one.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        Lanes.Dispose();
        Native.Dispose();
        _logging?.Dispose();
    }
}
