namespace TrtBindings.Interop.OnnxRuntime;

/// <summary>ONNX Runtime's <c>OrtSessionOptions</c>.</summary>
internal sealed unsafe class OrtSessionOptions : OrtHandle
{
    private const int Parallel = 1;

    public OrtSessionOptions(OrtLibrary library)
        : base(library, null)
    {
        nint native;
        Check(Api.CreateSessionOptions(&native), "CreateSessionOptions");
        SetHandle(native);
    }

    /// <summary>Threads within one operator.</summary>
    public void SetIntraOpThreads(int count) => Check(Api.SetIntraOpNumThreads(handle, count), "SetIntraOpNumThreads");

    /// <summary>Operators at a time; more than one needs the parallel execution mode, which this sets.</summary>
    public void SetInterOpThreads(int count)
    {
        Check(Api.SetSessionExecutionMode(handle, Parallel), "SetSessionExecutionMode");
        Check(Api.SetInterOpNumThreads(handle, count), "SetInterOpNumThreads");
    }

    /// <summary>ORT's <c>GraphOptimizationLevel</c>.</summary>
    public void SetGraphOptimization(int level) =>
        Check(Api.SetSessionGraphOptimizationLevel(handle, level), "SetSessionGraphOptimizationLevel");

    /// <summary>Lets the CUDA provider take what it can of the graph.</summary>
    public void AppendCuda(OrtCudaOptions options) => Check(
        Api.SessionOptionsAppendExecutionProviderCudaV2(handle, options.Raw), "SessionOptionsAppendExecutionProvider_CUDA_V2");

    protected override void Free(nint native) => Api.ReleaseSessionOptions(native);
}
