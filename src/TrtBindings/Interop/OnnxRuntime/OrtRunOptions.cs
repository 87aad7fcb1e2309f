namespace TrtBindings.Interop.OnnxRuntime;

/// <summary>ONNX Runtime's <c>OrtRunOptions</c>, through which another thread ends a run.</summary>
internal sealed unsafe class OrtRunOptions : OrtHandle
{
    public OrtRunOptions(OrtLibrary library)
        : base(library, null)
    {
        nint native;
        Check(Api.CreateRunOptions(&native), "CreateRunOptions");
        SetHandle(native);
    }

    /// <summary>Ends the runs that use these options, and every later one until <see cref="AllowRuns"/>.</summary>
    public void Terminate() => Check(Api.RunOptionsSetTerminate(handle), "RunOptionsSetTerminate");

    public void AllowRuns() => Check(Api.RunOptionsUnsetTerminate(handle), "RunOptionsUnsetTerminate");

    protected override void Free(nint native) => Api.ReleaseRunOptions(native);
}
