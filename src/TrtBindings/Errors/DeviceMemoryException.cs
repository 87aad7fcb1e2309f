using System.Globalization;

namespace TrtBindings;

/// <summary>The GPU has too little free memory. Nothing was allocated, and other runs continue.</summary>
public sealed class DeviceMemoryException : CudaException
{
    /// <summary>An error about one allocation.</summary>
    /// <param name="function">The driver's function that refused it.</param>
    /// <param name="errorCode">The driver's <c>CUresult</c>.</param>
    /// <param name="errorName">The code's name.</param>
    /// <param name="requestedBytes">The requested size in bytes.</param>
    /// <param name="freeBytes">Free memory of the GPU in bytes; −1 if the driver does not report it.</param>
    /// <param name="totalBytes">The GPU's memory, in bytes.</param>
    public DeviceMemoryException(
        string function, int errorCode, string errorName, long requestedBytes, long freeBytes, long totalBytes)
        : base(function, errorCode, errorName, Describe(requestedBytes, freeBytes, totalBytes))
    {
        RequestedBytes = requestedBytes;
        FreeBytes = freeBytes;
        TotalBytes = totalBytes;
    }

    /// <summary>The requested size in bytes.</summary>
    public long RequestedBytes { get; }

    /// <summary>Free memory of the GPU after the failed call, in bytes; −1 if the driver does not report it.</summary>
    public long FreeBytes { get; }

    /// <summary>The GPU's memory, in bytes.</summary>
    public long TotalBytes { get; }

    private static string Describe(long requested, long free, long total) =>
        $"{Number(requested)} bytes were asked for, {(free < 0 ? "an unknown number of" : Number(free))} of "
        + $"{Number(total)} bytes are free. Use smaller batches or dimensions, dispose models that are not needed, "
        + "or end other programs on this GPU.";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
