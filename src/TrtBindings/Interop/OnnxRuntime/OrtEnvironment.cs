namespace TrtBindings.Interop.OnnxRuntime;

/// <summary>
/// ONNX Runtime's <c>OrtEnv</c>: one for the process, alive to its end. Its log goes to <see cref="OrtLog"/>, so that
/// nothing is printed.
/// </summary>
internal sealed unsafe class OrtEnvironment : OrtHandle
{
    private const int WarningLevel = 2;

    public OrtEnvironment(OrtLibrary library)
        : base(library, null)
    {
        nint native;
        fixed (byte* name = "TrtBindings\0"u8)
        {
            Check(Api.CreateEnvWithCustomLogger(&OrtLog.Write, 0, WarningLevel, name, &native),
                "CreateEnvWithCustomLogger");
        }

        SetHandle(native);
        // Windows builds send usage events to their vendor unless told not to.
        Check(Api.DisableTelemetryEvents(native), "DisableTelemetryEvents");
    }

    protected override void Free(nint native) => Api.ReleaseEnv(native);
}
