using TrtBindings.Interop.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>A calibration source without data.</summary>
internal sealed class EmptyCalibration : ITrtCalibrationSource
{
    public int BatchSize => 1;

    public nint NextBatch(string input) => 0;

    public byte[]? ReadCache() => null;

    public void WriteCache(ReadOnlySpan<byte> cache)
    {
    }
}
