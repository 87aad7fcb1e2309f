namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's <c>IExecutionContext</c>: one run at a time, from one thread at a time. What is called for each run allocates
/// nothing.
/// </summary>
internal sealed unsafe class TrtContext : TrtHandle
{
    private readonly TrtExecutionContextCalls _calls;
    private readonly nint _self;

    /// <summary>Takes a context over.</summary>
    public TrtContext(TrtEngine engine, nint native)
        : base(engine.Library, native, engine)
    {
        var target = TrtTarget.OfImplementation(native, Library.Slots);
        (_calls, _self) = (new(target), target.This);
        AttachRecorder(_calls.SetErrorRecorder, _self);
    }

    /// <summary><c>getOptimizationProfile</c>; −1 before one is chosen.</summary>
    public int CurrentProfile => _calls.GetOptimizationProfile(_self);

    /// <summary><c>allInputDimensionsSpecified</c>.</summary>
    public bool AllInputDimensionsSpecified => _calls.AllInputDimensionsSpecified(_self) != 0;

    /// <summary><c>setName</c>: for profilers.</summary>
    public void SetName(string name) => _calls.SetName(_self, new TrtName(name).Pointer);

    /// <summary><c>setOptimizationProfileAsync</c>: in the order of a stream, before the shapes are set.</summary>
    /// <exception cref="TensorRtException">There is no such profile, or another context has it.</exception>
    public void SetOptimizationProfileAsync(int profile, nint stream) => TrtStatus.True(
        this, _calls.SetOptimizationProfileAsync(_self, profile, stream), "IExecutionContext.setOptimizationProfileAsync");

    /// <summary><c>setInputShape</c>.</summary>
    /// <exception cref="TensorRtException">The profile does not allow the shape.</exception>
    public void SetInputShape(TrtName name, in TrtDims shape)
    {
        byte answer;
        fixed (TrtDims* dims = &shape) answer = _calls.SetInputShape(_self, name.Pointer, dims);
        GC.KeepAlive(name);
        TrtStatus.True(this, answer, "IExecutionContext.setInputShape");
    }

    /// <summary>
    /// <c>getTensorShape</c>: a rank of −1 means that the inputs do not fit together; ask <see
    /// cref="TrtHandle.TakeMessages"/>.
    /// </summary>
    public TrtDims GetTensorShape(TrtName name)
    {
        var shape = _calls.GetTensorShape(_self, name.Pointer);
        GC.KeepAlive(name);
        GC.KeepAlive(this);
        return shape;
    }

    /// <summary><c>setTensorAddress</c>.</summary>
    /// <exception cref="TensorRtException">There is no such tensor, or the address is not aligned.</exception>
    public void SetTensorAddress(TrtName name, nint address)
    {
        var answer = _calls.SetTensorAddress(_self, name.Pointer, address);
        GC.KeepAlive(name);
        TrtStatus.True(this, answer, "IExecutionContext.setTensorAddress");
    }

    /// <summary><c>getTensorAddress</c>; 0 where none was set.</summary>
    public nint GetTensorAddress(TrtName name)
    {
        var address = _calls.GetTensorAddress(_self, name.Pointer);
        GC.KeepAlive(name);
        return address;
    }

    /// <summary>
    /// <c>inferShapes</c>: finds the shapes of the outputs from the shapes and values of the inputs that decide them.
    /// </summary>
    /// <returns>How many inputs still lack a shape or values.</returns>
    /// <exception cref="TensorRtException">The inputs do not fit together.</exception>
    public int InferShapes() =>
        TrtStatus.NotNegative(this, _calls.InferShapes(_self, 0, null), "IExecutionContext.inferShapes");

    /// <summary>
    /// <c>getMaxOutputSize</c>: the most bytes that an output can have with the input shapes as set; −1 for unknown.
    /// </summary>
    public long GetMaxOutputSize(TrtName name)
    {
        var bytes = _calls.GetMaxOutputSize(_self, name.Pointer);
        GC.KeepAlive(name);
        return bytes;
    }

    /// <summary><c>enqueueV3</c>: queues one run.</summary>
    /// <exception cref="TensorRtException">It could not be queued.</exception>
    public void EnqueueV3(nint stream) => TrtStatus.True(this, _calls.EnqueueV3(_self, stream), "IExecutionContext.enqueueV3");

    /// <summary><c>setOutputAllocator</c> for one output; <see langword="null"/> for none any more.</summary>
    public void SetOutputAllocator(TrtName name, TrtOutputAllocator? allocator)
    {
        var answer = _calls.SetOutputAllocator(_self, name.Pointer, allocator?.Raw ?? 0);
        TrtStatus.True(this, answer, "IExecutionContext.setOutputAllocator");
        Hold($"output {name}", allocator);
    }

    /// <summary><c>setProfiler</c>: gets the times of layers; runs wait for themselves while one is set.</summary>
    public void SetProfiler(TrtProfiler? profiler)
    {
        _calls.SetProfiler(_self, profiler?.Raw ?? 0);
        Hold("profiler", profiler);
    }

    /// <summary><c>setEnqueueEmitsProfile</c>: whether each run reports, or only <see cref="ReportToProfiler"/>.</summary>
    public void SetEnqueueEmitsProfile(bool emits) => _calls.SetEnqueueEmitsProfile(_self, emits ? (byte)1 : (byte)0);

    /// <summary><c>reportToProfiler</c>: the times of the last run.</summary>
    public void ReportToProfiler() =>
        TrtStatus.True(this, _calls.ReportToProfiler(_self), "IExecutionContext.reportToProfiler");

    /// <summary><c>setDeviceMemoryV2</c> (10.1 and later): the scratch memory of a context that was made without.</summary>
    public void SetDeviceMemory(nint address, long bytes) => _calls.SetDeviceMemoryV2(_self, address, bytes);
}
