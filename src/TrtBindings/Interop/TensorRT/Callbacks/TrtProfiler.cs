using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>IProfiler</c>: the time of each layer of a run.</summary>
/// <param name="slots">Of the loaded version.</param>
/// <param name="report">Gets the layer's name and its time in milliseconds.</param>
internal sealed unsafe class TrtProfiler(TrtSlotTable slots, Action<string, float> report) : TrtCallback(
    slots, "IProfiler", "IProfiler"u8,
    new TrtCallbackMethod("reportLayerTime",
        (nint)(delegate* unmanaged[MemberFunction]<nint, nint, float, void>)&ReportLayerTime))
{
    private readonly Action<string, float> _report = report;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static void ReportLayerTime(nint self, nint layer, float milliseconds)
    {
        var profiler = Of<TrtProfiler>(self);
        try
        {
            profiler?._report(Marshal.PtrToStringUTF8(layer) ?? "", milliseconds);
        }
        catch (Exception exception)
        {
            profiler?.Fail(exception);
        }
    }
}
