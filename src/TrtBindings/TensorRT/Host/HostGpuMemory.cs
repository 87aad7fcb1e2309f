using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT.Callbacks;

namespace TrtBindings.TensorRT.Host;

/// <summary>Gives TensorRT its device memory out of the one allocator of the GPU. Called from any thread.</summary>
internal sealed class HostGpuMemory(CudaAllocator allocator) : ITrtGpuMemory
{
    [ThreadStatic]
    private static Exception? _refusal;

    [ThreadStatic]
    private static bool _isRecording;

    /// <summary>What this thread took while it is being measured.</summary>
    [ThreadStatic]
    private static Dictionary<nint, long>? _measured;

    /// <summary>
    /// Why memory was refused on this thread since the last time this was asked. TensorRT itself only says that it was.
    /// </summary>
    public static Exception? TakeRefusal()
    {
        var refusal = _refusal;
        _refusal = null;
        return refusal;
    }

    /// <summary>
    /// Whether a run is being recorded on this thread: memory taken meanwhile would be the recording's, so there is none.
    /// </summary>
    public static bool IsRecording { get => _isRecording; set => _isRecording = value; }

    /// <summary>Bytes that an action takes on this thread and does not give back on it.</summary>
    public static long Measure(Action action)
    {
        var measured = _measured = [];
        try
        {
            action();
        }
        finally
        {
            _measured = null;
        }

        return measured.Values.Sum();
    }

    /// <inheritdoc/>
    public nint Allocate(ulong bytes, ulong alignment, nint stream)
    {
        try
        {
            if (_isRecording) throw new NotSupportedException("TensorRT asked for device memory during a recording.");
            var length = checked((nint)bytes);
            var address = stream == 0 ? allocator.AllocateRaw(length) : allocator.AllocateRaw(length, stream);
            if (alignment > 1 && (ulong)address % alignment != 0)
            {
                allocator.FreeRaw(address, stream);
                throw new NotSupportedException($"TensorRT asked for device memory aligned to {alignment} bytes.");
            }

            if (_measured is { } measured) measured[address] = length;
            return address;
        }
        catch (Exception exception) when (exception is CudaException or OverflowException or NotSupportedException)
        {
            _refusal = exception;
            throw;
        }
    }

    /// <inheritdoc/>
    public bool Free(nint address, nint stream)
    {
        _measured?.Remove(address);
        return allocator.FreeRaw(address, stream);
    }
}
