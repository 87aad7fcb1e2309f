using TrtBindings.Backends;
using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TensorRT.Cache;
using TrtBindings.TensorRT.Engines;
using TrtBindings.TensorRT.Host;
using TrtBindings.TensorRT.Memory;
using TrtBindings.Tensors;

namespace TrtBindings.TensorRT.Running;

/// <summary>A ready engine that TensorRT runs on one GPU. Thread-safe; bindings made of it run side by side.</summary>
internal sealed class TensorRtSession : IGpuSession
{
    private readonly IDisposable? _logging;
    private readonly long _engineBytes;
    private readonly nint[] _scratchBytes;
    private volatile bool _recordsRuns;
    private volatile bool _disposed;

    private TensorRtSession(TensorRtHost host, TrtEngine native, string name, EngineSettings settings, long engineBytes)
    {
        (Host, Native, Name, Settings, _engineBytes) = (host, native, name, settings, engineBytes);
        Tensors = EngineTensor.ReadAll(native);
        Inputs = Array.FindAll(Tensors, tensor => tensor.IsInput);
        Outputs = Array.FindAll(Tensors, tensor => !tensor.IsInput);
        HasShapeValues = Array.Exists(Inputs, input => input.DecidesShapes);
        Profiles = new(native, Inputs);
        SharesScratch = host.Library.Slots.Has(TrtMethod.ExecutionContext_SetDeviceMemoryV2);
        _scratchBytes = new nint[Profiles.Count];
        for (var profile = 0; SharesScratch && profile < _scratchBytes.Length; profile++)
            _scratchBytes[profile] = checked((nint)native.GetDeviceMemorySizeForProfile(profile));
        // What is in host memory is read when a run is queued, not when a recording of it is replayed.
        _recordsRuns = settings.CudaGraphs && SharesScratch && !Array.Exists(Tensors, tensor => tensor.IsOnHost);
        Lanes = new(settings.Stream == 0 ? Math.Max(1, settings.MaxConcurrentRuns) : 1, () => new(this));
        HostMemory = new PinnedHostMemory(host.Context, settings.Logger);
        _logging = settings.Logger is { } logger ? host.AddLogger(logger) : null;
    }

    /// <summary>TensorRT on the GPU.</summary>
    public TensorRtHost Host { get; }

    /// <summary>The engine.</summary>
    public TrtEngine Native { get; }

    /// <summary>The file's path, or what stands for it.</summary>
    public string Name { get; }

    /// <summary>How it is run.</summary>
    public EngineSettings Settings { get; }

    /// <summary>All inputs and outputs, in the engine's order.</summary>
    public EngineTensor[] Tensors { get; }

    /// <summary>The inputs among <see cref="Tensors"/>.</summary>
    public EngineTensor[] Inputs { get; }

    /// <summary>The outputs among <see cref="Tensors"/>.</summary>
    public EngineTensor[] Outputs { get; }

    /// <summary>Whether values of an input decide shapes.</summary>
    public bool HasShapeValues { get; }

    /// <summary>What sizes the engine takes.</summary>
    public EngineProfiles Profiles { get; }

    /// <summary>Whether the contexts of a lane share their scratch memory: from TensorRT 10.1 on.</summary>
    public bool SharesScratch { get; }

    /// <summary>Bytes of scratch memory that a context on a profile is given; 0 where it has its own.</summary>
    public nint ScratchBytesOf(int profile) => _scratchBytes[profile];

    /// <summary>Whether runs are recorded as CUDA graphs; until the first one that cannot be.</summary>
    public bool RecordsRuns => _recordsRuns;

    /// <summary>What runs are made in.</summary>
    public LanePool Lanes { get; }

    public string Version => Host.Library.Version.ToString();

    public string LibraryPath => Host.Library.Path;

    public IHostMemory HostMemory { get; }

    public CudaContext Context => Host.Context;

    /// <summary>Opens a plan and checks it against the class that was compiled.</summary>
    /// <param name="host">TensorRT on the GPU.</param>
    /// <param name="plan">The plan; the caller disposes it, and may do so when this returns.</param>
    /// <param name="name">The file's path, or what stands for it in messages.</param>
    /// <param name="inputs">The inputs of the class.</param>
    /// <param name="outputs">The outputs of the class.</param>
    /// <param name="settings">How it is to be run.</param>
    /// <param name="refit">
    /// Puts weights into an engine that was built without, before anything else is done with it; <see langword="null"/> where
    /// there are none to be had.
    /// </param>
    /// <exception cref="EngineFileException">Damaged, of another TensorRT or GPU, or without its weights.</exception>
    /// <exception cref="SignatureMismatchException">It is not the engine of the class.</exception>
    /// <exception cref="CudaException">The GPU failed or has too little memory.</exception>
    public static TensorRtSession Open(TensorRtHost host, EnginePlan plan, string name, IReadOnlyList<TensorDescription> inputs,
        IReadOnlyList<TensorDescription> outputs, EngineSettings settings, Action<TrtEngine>? refit = null)
    {
        using var scope = host.Context.Enter();
        var native = EngineOpener.Open(host, plan, name, settings.AllowHostCode, out var bytes);
        try
        {
            if (EngineOpener.LacksWeights(native, plan.Length))
            {
                if (refit is null) throw EngineOpener.WithoutWeights(name);
                refit(native);
            }

            var engine = new TensorRtSession(host, native, name, settings, bytes);
            if (new SignatureCheck(engine.Tensors, engine.Profiles).FirstDifference(inputs, outputs) is not { } difference)
                return engine;
            engine.Dispose();
            throw new SignatureMismatchException(name, difference);
        }
        catch
        {
            native.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IBackendBinding Bind(IReadOnlyList<TensorBuffer> inputs, IReadOnlyList<TensorBuffer> outputs)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new TensorRtBinding(this, inputs, outputs);
    }

    /// <summary>Refuses a tensor that lies where this engine cannot reach it.</summary>
    /// <exception cref="TensorException">It does.</exception>
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

    /// <summary>No run is recorded any more: one could not be.</summary>
    public void StopRecording(Exception reason)
    {
        _recordsRuns = false;
        if (Settings.Logger is { } logger) HostLog.GraphsDropped(logger, Name, reason.Message);
    }

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

    public string Inspect()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var hold = new EngineHold(Native);
        using var scope = Context.Enter();
        using var inspector = Native.CreateEngineInspector();
        return inspector.GetEngineInformation(TrtLayerInformationFormat.Json);
    }

    public IReadOnlyList<LayerTime> ProfileLayers(IBackendBinding binding) => ((TensorRtBinding)binding).Profile();

    /// <summary>Changes the engine's weights: runs that are under way end before, and new ones wait.</summary>
    /// <param name="refit">Puts the weights in, and must be done with it when it returns.</param>
    /// <exception cref="TensorRtException">TensorRT refuses weights, or the engine cannot take any.</exception>
    public void Refit(Action<TrtEngine> refit) => Lanes.RunAlone(lanes =>
    {
        using var hold = new EngineHold(Native);
        using var scope = Context.Enter();
        // Recordings have the old weights in them, or their addresses.
        foreach (var lane in lanes) lane.ForgetRecordings();
        refit(Native);
    });

    public DeviceMemory AllocateDevice(nint bytes) => Context.Allocator.Allocate(bytes);

    /// <summary>Runs that are under way end in their own time, and the engine goes with the last one.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        Lanes.Dispose();
        Native.Dispose();
        _logging?.Dispose();
    }
}
