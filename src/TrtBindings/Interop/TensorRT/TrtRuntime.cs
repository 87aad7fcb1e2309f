using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/classnvinfer1_1_1_i_runtime.html">
/// IRuntime</see>:
/// opens engines. Thread-safe, except for its setters.
/// </summary>
internal sealed unsafe class TrtRuntime : TrtHandle
{
    private readonly TrtRuntimeCalls _calls;
    private readonly nint _self;

    private TrtRuntime(TrtLibrary library, nint native, CudaContext? cuda)
        : base(library, native, parent: null)
    {
        Cuda = cuda;
        var target = TrtTarget.OfImplementation(native, library.Slots);
        (_calls, _self) = (new(target), target.This);
        AttachRecorder(_calls.SetErrorRecorder, _self);
    }

    /// <summary>Calls <c>getNbDLACores</c>.</summary>
    public int NbDlaCores => _calls.GetNbDLACores(_self);

    /// <summary>Calls <c>getMaxThreads</c>.</summary>
    public int MaxThreads => _calls.GetMaxThreads(_self);

    /// <summary>
    /// Calls <c>getEngineHostCodeAllowed</c> and <c>setEngineHostCodeAllowed</c>: whether version-compatible engines, which
    /// contain code for the host, may be opened.
    /// </summary>
    public bool EngineHostCodeAllowed
    {
        get => _calls.GetEngineHostCodeAllowed(_self) != 0;
        set => _calls.SetEngineHostCodeAllowed(_self, value ? (byte)1 : (byte)0);
    }

    /// <summary>Calls <c>createInferRuntime</c>.</summary>
    /// <param name="library">The library.</param>
    /// <param name="cuda">
    /// The context of the GPU that the engines run on, which is current now; <see langword="null"/> for a library without a GPU.
    /// </param>
    /// <exception cref="TensorRtException">The library created no runtime; the messages say why.</exception>
    public static TrtRuntime Create(TrtLibrary library, CudaContext? cuda = null)
    {
        TrtLogger.TakeErrors();
        var native = library.Exports.CreateInferRuntime(library.Logger.Raw, library.Version.Number);
        return TrtStatus.IsObject(native) ? new(library, native, cuda) : throw TrtStatus.Failure(library, "createInferRuntime");
    }

    /// <summary>Calls <c>deserializeCudaEngine</c>. The bytes are not used after the call.</summary>
    /// <exception cref="TensorRtException">The bytes are no engine of this version and GPU, or are damaged.</exception>
    public TrtEngine DeserializeCudaEngine(ReadOnlySpan<byte> plan)
    {
        fixed (byte* bytes = plan) return DeserializeCudaEngine((nint)bytes, plan.Length);
    }

    /// <summary>The same for engines of more than 2 GiB.</summary>
    /// <exception cref="TensorRtException">The bytes are no engine of this version and GPU, or are damaged.</exception>
    public TrtEngine DeserializeCudaEngine(nint address, long length)
    {
        TrtLogger.TakeErrors();
        var native = _calls.DeserializeCudaEngine(_self, address, (nuint)length);
        return new(this, TrtStatus.Object(this, native, "IRuntime.deserializeCudaEngine"));
    }

    /// <summary>Calls <c>setMaxThreads</c>.</summary>
    public void SetMaxThreads(int threads) =>
        TrtStatus.True(this, _calls.SetMaxThreads(_self, threads), "IRuntime.setMaxThreads");

    /// <summary>
    /// Calls <c>setGpuAllocator</c>: where engines of this runtime get device memory from; <see langword="null"/> for
    /// TensorRT's own allocator.
    /// </summary>
    public void SetGpuAllocator(TrtGpuAllocator? allocator)
    {
        _calls.SetGpuAllocator(_self, allocator?.Raw ?? 0);
        Hold("allocator", allocator);
    }

    /// <summary>
    /// Calls <c>loadLibrary</c> of the plug-in registry: a library of plug-ins for engines of this runtime.
    /// </summary>
    /// <exception cref="TensorRtException">It cannot be loaded.</exception>
    public void LoadPluginLibrary(string path)
    {
        var registry = TrtStatus.NotNull(this, _calls.GetPluginRegistry(_self), "IRuntime.getPluginRegistry");
        var calls = new TrtPluginRegistryCalls(TrtTarget.OfObject(registry, Library.Slots));
        var name = new TrtName(path);
        TrtStatus.NotNull(this, calls.LoadLibrary(registry, name.Pointer), "IPluginRegistry.loadLibrary");
        GC.KeepAlive(name);
    }
}
