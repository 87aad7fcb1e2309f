using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT 10's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/namespacenvinfer1.html">
/// IInt8EntropyCalibrator2</see>. If the source throws, calibration ends there.
/// </summary>
internal sealed unsafe class TrtInt8Calibrator(TrtSlotTable slots, ITrtCalibrationSource source) : TrtCallback(
    TrtCallbackTables.Int8EntropyCalibrator2(
        slots, &GetBatchSize, &GetBatch, &ReadCalibrationCache, &WriteCalibrationCache, &GetAlgorithm),
    "IInt8EntropyCalibrator2"u8)
{
    private readonly ITrtCalibrationSource _source = source;

    /// <summary>
    /// The last result of <see cref="ReadCalibrationCache"/>: TensorRT reads it after the callback has returned.
    /// </summary>
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
    private static byte GetBatch(nint self, nint* addresses, byte** names, int count)
    {
        var calibrator = Of<TrtInt8Calibrator>(self);
        try
        {
            for (var i = 0; i < count; i++)
            {
                addresses[i] = calibrator?._source.NextBatch(Marshal.PtrToStringUTF8((nint)names[i]) ?? "") ?? 0;
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
    private static TrtCalibrationAlgoType GetAlgorithm(nint self) => TrtCalibrationAlgoType.EntropyCalibration2;
}

/// <summary>The sample data of an INT8 calibration.</summary>
internal interface ITrtCalibrationSource
{
    /// <summary>The size of the batch dimension of every batch.</summary>
    int BatchSize { get; }

    /// <summary>The next batch for one input.</summary>
    /// <param name="input">The name of the input.</param>
    /// <returns>A device address; 0 after the last batch.</returns>
    nint NextBatch(string input);

    /// <summary>The result of an earlier calibration; <see langword="null"/> to calibrate now.</summary>
    byte[]? ReadCache();

    /// <summary>Stores the result of this calibration.</summary>
    void WriteCache(ReadOnlySpan<byte> cache);
}
