using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT 10's <c>IInt8EntropyCalibrator2</c>; TensorRT 11 has no calibration. A source that throws has no more data.
/// </summary>
internal sealed unsafe class TrtInt8Calibrator(TrtSlotTable slots, ITrtCalibrationSource source) : TrtCallback(
    slots, "IInt8EntropyCalibrator2", "IInt8EntropyCalibrator2"u8,
    new TrtCallbackMethod("getBatchSize", (nint)(delegate* unmanaged[MemberFunction]<nint, int>)&GetBatchSize),
    new TrtCallbackMethod("getBatch", (nint)(delegate* unmanaged[MemberFunction]<nint, nint*, nint*, int, byte>)&GetBatch),
    new TrtCallbackMethod("readCalibrationCache",
        (nint)(delegate* unmanaged[MemberFunction]<nint, nuint*, nint>)&ReadCalibrationCache),
    new TrtCallbackMethod("writeCalibrationCache",
        (nint)(delegate* unmanaged[MemberFunction]<nint, nint, nuint, void>)&WriteCalibrationCache),
    new TrtCallbackMethod("getAlgorithm", (nint)(delegate* unmanaged[MemberFunction]<nint, int>)&GetAlgorithm))
{
    /// <summary><c>CalibrationAlgoType.kENTROPY_CALIBRATION_2</c>.</summary>
    private const int EntropyCalibration2 = 2;

    private readonly ITrtCalibrationSource _source = source;

    /// <summary>TensorRT reads the cache after the callback has returned.</summary>
    private nint _cache;

    /// <inheritdoc/>
    protected override void FreeMore() => Marshal.FreeHGlobal(_cache);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static int GetBatchSize(nint self)
    {
        var calibrator = Of<TrtInt8Calibrator>(self);
        try
        {
            return calibrator?._source.BatchSize ?? 0;
        }
        catch (Exception exception)
        {
            calibrator?.Fail(exception);
            return 0;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static byte GetBatch(nint self, nint* addresses, nint* names, int count)
    {
        var calibrator = Of<TrtInt8Calibrator>(self);
        try
        {
            for (var i = 0; i < count; i++)
            {
                addresses[i] = calibrator?._source.NextBatch(Marshal.PtrToStringUTF8(names[i]) ?? "") ?? 0;
                if (addresses[i] == 0) return 0;
            }

            return 1;
        }
        catch (Exception exception)
        {
            calibrator?.Fail(exception);
            return 0;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static nint ReadCalibrationCache(nint self, nuint* length)
    {
        var calibrator = Of<TrtInt8Calibrator>(self);
        try
        {
            *length = 0;
            if (calibrator?._source.ReadCache() is not { Length: > 0 } cache) return 0;
            Marshal.FreeHGlobal(calibrator._cache);
            calibrator._cache = Marshal.AllocHGlobal(cache.Length);
            Marshal.Copy(cache, 0, calibrator._cache, cache.Length);
            *length = (nuint)cache.Length;
            return calibrator._cache;
        }
        catch (Exception exception)
        {
            calibrator?.Fail(exception);
            return 0;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static void WriteCalibrationCache(nint self, nint cache, nuint length)
    {
        var calibrator = Of<TrtInt8Calibrator>(self);
        try
        {
            calibrator?._source.WriteCache(new((void*)cache, checked((int)length)));
        }
        catch (Exception exception)
        {
            calibrator?.Fail(exception);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvMemberFunction)])]
    private static int GetAlgorithm(nint self) => EntropyCalibration2;
}
