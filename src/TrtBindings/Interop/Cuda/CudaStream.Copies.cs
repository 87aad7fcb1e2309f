namespace TrtBindings.Interop.Cuda;

/// <content>
/// Copies and fills. They are queued, not done, when a method returns: source and destination must live and stay as they
/// are until the stream got there. Only with pinned host memory does the processor go on meanwhile.
/// </content>
internal sealed unsafe partial class CudaStream
{
    /// <summary>Host to device.</summary>
    /// <param name="device">The destination's address on the device.</param>
    /// <param name="host">The source.</param>
    /// <param name="bytes">How much; nothing is queued for 0.</param>
    public void CopyToDevice(nint device, void* host, nint bytes)
    {
        if (bytes == 0) return;
        using var scope = Context.Enter();
        Check(Api.MemcpyHtoDAsync(device, host, checked((nuint)bytes), Raw), "cuMemcpyHtoDAsync");
    }

    /// <summary>Device to host.</summary>
    /// <param name="host">The destination.</param>
    /// <param name="device">The source's address on the device.</param>
    /// <param name="bytes">How much; nothing is queued for 0.</param>
    public void CopyToHost(void* host, nint device, nint bytes)
    {
        if (bytes == 0) return;
        using var scope = Context.Enter();
        Check(Api.MemcpyDtoHAsync(host, device, checked((nuint)bytes), Raw), "cuMemcpyDtoHAsync");
    }

    /// <summary>Device to device.</summary>
    /// <param name="destination">An address on a device.</param>
    /// <param name="source">An address on a device.</param>
    /// <param name="bytes">How much; nothing is queued for 0.</param>
    public void CopyOnDevice(nint destination, nint source, nint bytes)
    {
        if (bytes == 0) return;
        using var scope = Context.Enter();
        Check(Api.MemcpyDtoDAsync(destination, source, checked((nuint)bytes), Raw), "cuMemcpyDtoDAsync");
    }

    /// <summary>Every byte of a range becomes one value.</summary>
    /// <param name="device">The range's address on the device.</param>
    /// <param name="value">The value.</param>
    /// <param name="bytes">The range's length; nothing is queued for 0.</param>
    public void Fill(nint device, byte value, nint bytes)
    {
        if (bytes == 0) return;
        using var scope = Context.Enter();
        Check(Api.MemsetD8Async(device, value, checked((nuint)bytes), Raw), "cuMemsetD8Async");
    }
}
