using Microsoft.ML.OnnxRuntime;
using TrtBindings.Interop.Native;

namespace TrtBindings.OnnxRuntime;

/// <summary>
/// ONNX Runtime's <c>OrtIoBinding</c>: the values that a session reads its inputs from and writes its outputs to. It keeps
/// its session and the bound values alive, but not our memory behind them. Not thread-safe.
/// </summary>
internal sealed class OrtIo : ChildHandle
{
    public OrtIo(OrtSession session)
        : base(session)
    {
        Session = session;
        try
        {
            Native = OrtErrors.Call("CreateIoBinding", session.Native.CreateIoBinding);
        }
        catch
        {
            Dispose();
            throw;
        }

        GC.SuppressFinalize(Native);
        SetHandle(1);
    }

    public OrtSession Session { get; }

    public OrtIoBinding Native { get; }

    /// <summary>Binds a value without allocating anything.</summary>
    /// <param name="name">The input's name.</param>
    /// <param name="utf8">The same as UTF-8, ended by a zero.</param>
    /// <param name="value">The value.</param>
    public void BindInput(string name, ReadOnlySpan<byte> utf8, OrtValue value)
    {
        // The other call fails in the same way and says why.
        if (!Session.Library.Native.TryBindInput(Native, utf8, value)) BindInput(name, value);
    }

    public void BindInput(string name, OrtValue value) => OrtErrors.Call("BindInput", () => Native.BindInput(name, value));

    public void BindOutput(string name, OrtValue value) => OrtErrors.Call("BindOutput", () => Native.BindOutput(name, value));

    /// <summary>Lets the session allocate the value in host memory. Drops the value of an earlier run.</summary>
    public void BindOutputToHost(string name) =>
        OrtErrors.Call("BindOutputToDevice", () => Native.BindOutputToDevice(name, Session.Library.HostMemory));

    /// <summary>Runs once.</summary>
    /// <returns><see langword="null"/>, or the error.</returns>
    public OnnxRuntimeException? Run(RunOptions options)
    {
        OrtLog.LastError = null;
        try
        {
            Session.Native.RunWithBinding(options, Native);
            return null;
        }
        catch (Exception e) when (OrtErrors.IsFailure(e))
        {
            return OrtErrors.Translate(e, "RunWithBinding");
        }
    }

    /// <summary>The output values after a run, in the order in which their names were first bound.</summary>
    public IDisposableReadOnlyCollection<OrtValue> Outputs() =>
        OrtErrors.Call("GetBoundOutputValues", Native.GetOutputValues);

    protected override void Free(nint native) => Native.Dispose();
}
