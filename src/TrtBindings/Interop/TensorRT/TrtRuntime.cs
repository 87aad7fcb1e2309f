using TrtBindings.Interop.Cuda;

namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>IRuntime</c>: opens engines. Thread-safe, except for its setters.</summary>
internal sealed unsafe class TrtRuntime : TrtHandle
{
    private readonly nint _self;

    private TrtRuntime(TrtLibrary library, nint native, CudaContext? cuda)
        : base(library, native, parent: null)
    {
        Cuda = cuda;
        var target = TrtTarget.OfImplementation(native, library.Slots);
        (Calls, _self) = (new(target), target.This);
        AttachRecorder(Calls.SetErrorRecorder, _self);
    }

    /// <summary><c>getNbDLACores</c>.</summary>
    public int NbDlaCores => Calls.GetNbDLACores(_self);

    /// <summary><c>getMaxThreads</c>.</summary>
    public int MaxThreads => Calls.GetMaxThreads(_self);

    /// <summary>
    /// <c>getEngineHostCodeAllowed</c>: whether version-compatible engines, which carry code for the host, are opened.
    /// </summary>
    public bool EngineHostCodeAllowed
    {
        get => Calls.GetEngineHostCodeAllowed(_self) != 0;
        set => Calls.SetEngineHostCodeAllowed(_self, value ? (byte)1 : (byte)0);
    }

    private TrtRuntimeCalls Calls { get; }

    /// <summary>Makes a runtime.</summary>
    /// <param name="library">The library.</param>
    /// <param name="cuda">The GPU that its engines are on, current now; <see langword="null"/> where there is none.</param>
    /// <exception cref="TensorRtException">The library made none: the messages say why.</exception>
    public static TrtRuntime Create(TrtLibrary library, CudaContext? cuda = null)
    {
        TrtLogger.TakeErrors();
        var native = library.Exports.CreateInferRuntime(library.Logger.Raw, library.Version.Number);
        return TrtStatus.IsObject(native) ? new(library, native, cuda) : throw TrtStatus.Failure(library, "createInferRuntime");
    }

    /// <summary>Opens an engine in memory, which is not used any more afterwards.</summary>
    /// <exception cref="TensorRtException">It is no engine of this version and GPU, or is damaged.</exception>
    public TrtEngine DeserializeCudaEngine(ReadOnlySpan<byte> plan)
    {
        fixed (byte* bytes = plan) return DeserializeCudaEngine((nint)bytes, plan.Length);
    }

    /// <summary>The same for an engine of any size.</summary>
    /// <exception cref="TensorRtException">It is no engine of this version and GPU, or is damaged.</exception>
    public TrtEngine DeserializeCudaEngine(nint address, long length)
    {
        TrtLogger.TakeErrors();
        var native = Calls.DeserializeCudaEngine(_self, (byte*)address, (nuint)length);
        return new(this, TrtStatus.Object(this, native, "IRuntime.deserializeCudaEngine"));
    }

    /// <summary>Opens an engine that is read piece by piece (10.7 and later).</summary>
    /// <exception cref="TensorRtException">
    /// It is no engine of this version and GPU, or is damaged, or the reader failed, or the loaded TensorRT is too old.
    /// </exception>
    public TrtEngine DeserializeCudaEngine(TrtStreamReader reader)
    {
        TrtLogger.TakeErrors();
        // The reader's exception is one of this object's for the time of the call.
        Hold("reader", reader);
        try
        {
            var native = Calls.DeserializeCudaEngineV2(_self, reader.Raw);
            return new(this, TrtStatus.Object(this, native, "IRuntime.deserializeCudaEngine"));
        }
        finally
        {
            Hold("reader", null);
        }
    }

    /// <summary><c>setMaxThreads</c>.</summary>
    public void SetMaxThreads(int threads) =>
        TrtStatus.True(this, Calls.SetMaxThreads(_self, threads), "IRuntime.setMaxThreads");

    /// <summary>Where TensorRT puts what it must have in files: <c>setTemporaryDirectory</c>.</summary>
    public void SetTemporaryDirectory(string folder) => Calls.SetTemporaryDirectory(_self, new TrtName(folder).Pointer);

    /// <summary>Gives engines of this runtime their device memory; <see langword="null"/> for TensorRT's own way.</summary>
    public void SetGpuAllocator(TrtGpuAllocator? allocator)
    {
        Calls.SetGpuAllocator(_self, allocator?.Raw ?? 0);
        Hold("allocator", allocator);
    }

    /// <summary>Loads a library of plug-ins for engines of this runtime.</summary>
    /// <exception cref="TensorRtException">It cannot be loaded.</exception>
    public void LoadPluginLibrary(string path)
    {
        var registry = TrtStatus.NotNull(this, Calls.GetPluginRegistry(_self), "IRuntime.getPluginRegistry");
        var calls = new TrtPluginRegistryCalls(TrtTarget.OfObject(registry, Library.Slots));
        var name = new TrtName(path);
        TrtStatus.NotNull(this, calls.LoadLibrary(registry, name.Pointer), "IPluginRegistry.loadLibrary");
        GC.KeepAlive(name);
    }
}
