using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>IProgressMonitor</c>. A listener that throws ends the build.</summary>
internal sealed unsafe class TrtProgressMonitor(TrtSlotTable slots, ITrtBuildProgress progress) : TrtCallback(
    slots, "IProgressMonitor", "IProgressMonitor"u8,
    new TrtCallbackMethod("phaseStart", (nint)(delegate* unmanaged[MemberFunction]<nint, nint, nint, int, void>)&PhaseStart),
    new TrtCallbackMethod("stepComplete", (nint)(delegate* unmanaged[MemberFunction]<nint, nint, int, byte>)&StepComplete),
    new TrtCallbackMethod("phaseFinish", (nint)(delegate* unmanaged[MemberFunction]<nint, nint, void>)&PhaseFinish))
{
    private readonly ITrtBuildProgress _progress = progress;
    private volatile bool _failed;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static void PhaseStart(nint self, nint phase, nint parent, int steps)
    {
        var monitor = Of<TrtProgressMonitor>(self);
        try
        {
            monitor?._progress.PhaseStarted(Text(phase), parent == 0 ? null : Text(parent), steps);
        }
        catch (Exception exception)
        {
            monitor?.Stop(exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static byte StepComplete(nint self, nint phase, int step)
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
    private static void PhaseFinish(nint self, nint phase)
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

    private static string Text(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";

    private void Stop(Exception exception)
    {
        Fail(exception);
        _failed = true;
    }
}
