using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/classnvinfer1_1_1_i_execution_context.html">
/// IExecutionContext</see>. It runs one inference at a time and is used from one thread at a time. The calls of a run allocate
/// nothing.
/// </summary>
internal sealed unsafe class TrtContext : TrtHandle
{
    private readonly TrtExecutionContextCalls _calls;
    private readonly nint _self;

    /// <summary>Takes ownership of a native context.</summary>
    public TrtContext(TrtEngine engine, nint native)
        : base(engine.Library, native, engine)
    {
        var target = TrtTarget.OfImplementation(native, Library.Slots);
        (_calls, _self) = (new(target), target.This);
        AttachRecorder(_calls.SetErrorRecorder, _self);
    }

    /// <summary>Calls <c>setOptimizationProfileAsync</c> on a stream. Set the shapes afterwards.</summary>
    /// <exception cref="TensorRtException">There is no such profile, or another context uses it.</exception>
    public void SetOptimizationProfileAsync(int profile, nint stream) => TrtStatus.True(
        this, _calls.SetOptimizationProfileAsync(_self, profile, stream), "IExecutionContext.setOptimizationProfileAsync");

    /// <summary>Calls <c>setInputShape</c>.</summary>
    /// <exception cref="TensorRtException">The profile does not allow the shape.</exception>
    public void SetInputShape(TrtName name, in TrtDims shape)
    {
        byte answer;
        fixed (TrtDims* dims = &shape) answer = _calls.SetInputShape(_self, name.Pointer, dims);
        GC.KeepAlive(name);
        TrtStatus.True(this, answer, "IExecutionContext.setInputShape");
    }

    /// <summary>
    /// Calls <c>getTensorShape</c>. A rank of −1 means that the input shapes do not fit together: <see
    /// cref="TrtHandle.TakeMessages"/> says why.
    /// </summary>
    public TrtDims GetTensorShape(TrtName name)
    {
        var shape = _calls.GetTensorShape(_self, name.Pointer);
        GC.KeepAlive(name);
        GC.KeepAlive(this);
        return shape;
    }

    /// <summary>Calls <c>setTensorAddress</c>.</summary>
    /// <exception cref="TensorRtException">There is no such tensor, or the address is not aligned.</exception>
    public void SetTensorAddress(TrtName name, nint address)
    {
        var answer = _calls.SetTensorAddress(_self, name.Pointer, address);
        GC.KeepAlive(name);
        TrtStatus.True(this, answer, "IExecutionContext.setTensorAddress");
    }

    /// <summary>Calls <c>inferShapes</c>: computes output shapes from the shapes, and from the values of shape inputs.</summary>
    /// <returns>The number of inputs that still lack a shape or values.</returns>
    /// <exception cref="TensorRtException">The inputs do not fit together.</exception>
    public int InferShapes() =>
        TrtStatus.NotNegative(this, _calls.InferShapes(_self, 0, null), "IExecutionContext.inferShapes");

    /// <summary>Calls <c>getMaxOutputSize</c>: the largest size of an output for the current input shapes.</summary>
    /// <returns>Bytes; −1 if unknown.</returns>
    public long GetMaxOutputSize(TrtName name)
    {
        var bytes = _calls.GetMaxOutputSize(_self, name.Pointer);
        GC.KeepAlive(name);
        return bytes;
    }

    /// <summary>Calls <c>enqueueV3</c>: queues one inference on a stream.</summary>
    /// <exception cref="TensorRtException">It could not be queued.</exception>
    public void EnqueueV3(nint stream) => TrtStatus.True(this, _calls.EnqueueV3(_self, stream), "IExecutionContext.enqueueV3");

    /// <summary>Calls <c>setOutputAllocator</c> for one output; <see langword="null"/> removes the allocator.</summary>
    public void SetOutputAllocator(TrtName name, TrtOutputAllocator? allocator)
    {
        var answer = _calls.SetOutputAllocator(_self, name.Pointer, allocator?.Raw ?? 0);
        TrtStatus.True(this, answer, "IExecutionContext.setOutputAllocator");
        Hold($"output {name}", allocator);
    }

    /// <summary>Calls <c>setProfiler</c>. While one is set, <see cref="EnqueueV3"/> waits for the end of the run.</summary>
    public void SetProfiler(TrtProfiler? profiler)
    {
        _calls.SetProfiler(_self, profiler?.Raw ?? 0);
        Hold("profiler", profiler);
    }

    /// <summary>
    /// Calls <c>setDeviceMemoryV2</c> (10.1 and later): the scratch memory of a context that was created without any.
    /// </summary>
    public void SetDeviceMemory(nint address, long bytes) => _calls.SetDeviceMemoryV2(_self, address, bytes);
}
