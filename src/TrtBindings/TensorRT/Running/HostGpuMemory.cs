using TrtBindings.Interop.Cuda;
using TrtBindings.Interop.TensorRT;

namespace TrtBindings.TensorRT.Running;

/// <summary>Gives TensorRT device memory from the GPU's allocator. Called from any thread.</summary>
internal sealed class HostGpuMemory(CudaAllocator allocator) : ITrtGpuMemory
{
    [ThreadStatic]
    private static Exception? _refusal;

    /// <summary>Allocations of this thread while <see cref="Measure"/> runs.</summary>
    [ThreadStatic]
    private static Dictionary<nint, long>? _measured;

    /// <summary>
    /// Returns and clears the reason why memory was last refused on this thread. TensorRT itself only reports that it was.
    /// </summary>
    public static Exception? TakeRefusal()
    {
        var refusal = _refusal;
        _refusal = null;
        return refusal;
    }

    /// <summary>Counts the bytes that an action allocates on this thread and does not free on it.</summary>
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
            if (CudaGraph.IsCapturedHere)
                throw new NotSupportedException("TensorRT asked for device memory during the capture of a CUDA graph.");
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
