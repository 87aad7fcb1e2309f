using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT.Callbacks;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/namespacenvinfer1.html">
/// IProgressMonitor</see>. If the listener throws, the build is cancelled.
/// </summary>
internal sealed unsafe class TrtProgressMonitor(TrtSlotTable slots, ITrtBuildProgress progress) : TrtCallback(
    TrtCallbackTables.ProgressMonitor(slots, &PhaseStart, &StepComplete, &PhaseFinish), "IProgressMonitor"u8)
{
    private readonly ITrtBuildProgress _progress = progress;
    private volatile bool _failed;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static void PhaseStart(nint self, byte* phase, byte* parent, int steps)
    {
        var monitor = Of<TrtProgressMonitor>(self);
        try
        {
            monitor?._progress.PhaseStarted(Text(phase), parent == null ? null : Text(parent), steps);
        }
        catch (Exception exception)
        {
            monitor?.Stop(exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static byte StepComplete(nint self, byte* phase, int step)
    {
        var monitor = Of<TrtProgressMonitor>(self);
        try
        {
            return monitor is { _failed: false } && monitor._progress.StepCompleted(Text(phase), step) ? (byte)1 : (byte)0;
        }
        catch (Exception exception)
        {
            monitor?.Stop(exception);
            return 0;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static void PhaseFinish(nint self, byte* phase)
    {
        var monitor = Of<TrtProgressMonitor>(self);
        try
        {
            monitor?._progress.PhaseFinished(Text(phase));
        }
        catch (Exception exception)
        {
            monitor?.Stop(exception);
        }
    }

    private static string Text(byte* utf8) => Marshal.PtrToStringUTF8((nint)utf8) ?? "";

    private void Stop(Exception exception)
    {
        Fail(exception);
        _failed = true;
    }
}
