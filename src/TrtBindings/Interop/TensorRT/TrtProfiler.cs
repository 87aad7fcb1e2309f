using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/namespacenvinfer1.html">IProfiler</see>:
/// receives the time of each layer of a run.
/// </summary>
/// <param name="slots">The slots of the loaded version.</param>
/// <param name="report">Receives the name of a layer and its time in milliseconds.</param>
internal sealed unsafe class TrtProfiler(TrtSlotTable slots, Action<string, float> report) : TrtCallback(
    TrtCallbackTables.Profiler(slots, &ReportLayerTime), "IProfiler"u8)
{
    private readonly Action<string, float> _report = report;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static void ReportLayerTime(nint self, byte* layer, float milliseconds)
    {
        var profiler = Of<TrtProfiler>(self);
        try
        {
            profiler?._report(Marshal.PtrToStringUTF8((nint)layer) ?? "", milliseconds);
        }
        catch (Exception exception)
        {
            profiler?.Fail(exception);
        }
    }
}
