namespace TrtBindings.Interop.OnnxRuntime;

/// <summary>
/// ONNX Runtime's <c>OrtIoBinding</c>: the values that a session's inputs are taken from and its outputs go to. Holds
/// the values that are bound, though not memory of ours behind them. Not thread-safe. Names are UTF-8, ended by a zero.
/// </summary>
internal sealed unsafe class OrtIoBinding : OrtHandle
{
    private readonly nint _session;

    public OrtIoBinding(OrtSession session)
        : base(session.Library, session)
    {
        nint native = 0;
        _session = session.Raw;
        var status = Api.CreateIoBinding(_session, &native);
        SetHandle(native);
        if (status == 0) return;
        Dispose();
        throw OrtStatus.ToException(Api, status, "CreateIoBinding");
    }

    /// <summary>The session's native object, which this binding keeps alive.</summary>
    public nint RawSession => _session;

    public void BindInput(ReadOnlySpan<byte> name, OrtValue value)
    {
        fixed (byte* text = name) Check(Api.BindInput(handle, text, value.Raw), "BindInput");
    }

    public void BindOutput(ReadOnlySpan<byte> name, OrtValue value)
    {
        fixed (byte* text = name) Check(Api.BindOutput(handle, text, value.Raw), "BindOutput");
    }

    /// <summary>Lets the session make the value. Drops what an earlier run left there.</summary>
    public void BindOutputToHost(ReadOnlySpan<byte> name)
    {
        fixed (byte* text = name)
            Check(Api.BindOutputToDevice(handle, text, Library.HostMemory.Raw), "BindOutputToDevice");
    }

    /// <summary>Runs once and returns the status, which the caller must turn into an exception or find to be 0.</summary>
    public nint Run(OrtRunOptions options) => Api.RunWithBinding(_session, options.Raw, handle);

    /// <summary>The output values after a run, in the order in which names were first bound.</summary>
    public OrtOutputValues Outputs()
    {
        nint* values;
        nuint count;
        Check(Api.GetBoundOutputValues(handle, Library.Allocator, &values, &count), "GetBoundOutputValues");
        return new(Library, values, (int)count);
    }

    protected override void Free(nint native) => Api.ReleaseIoBinding(native);
}
