using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

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

/// <summary>
/// Receives the progress of a build. Phases are nested, and several may run at once. TensorRT calls it from threads of its own.
/// </summary>
internal interface ITrtBuildProgress
{
    /// <summary>A phase begins.</summary>
    /// <param name="phase">The name of the phase.</param>
    /// <param name="parent">The phase around it; <see langword="null"/> for an outermost phase.</param>
    /// <param name="steps">The number of steps of the phase.</param>
    void PhaseStarted(string phase, string? parent, int steps);

    /// <summary>A step of a phase is done.</summary>
    /// <returns><see langword="false"/> cancels the build.</returns>
    bool StepCompleted(string phase, int step);

    /// <summary>A phase ends.</summary>
    void PhaseFinished(string phase);
}
