using System.Globalization;

namespace TrtBindings;

/// <summary>The GPU has too little free memory for what was asked. Nothing was allocated, and what runs goes on.</summary>
public sealed class DeviceMemoryException : CudaException
{
    /// <summary>An error about one allocation.</summary>
    /// <param name="function">The driver's function that refused it.</param>
    /// <param name="errorCode">The driver's <c>CUresult</c>.</param>
    /// <param name="errorName">The code's name.</param>
    /// <param name="requestedBytes">The size asked for, in bytes.</param>
    /// <param name="freeBytes">What the driver says is free on the GPU, in bytes; −1 if it does not say.</param>
    /// <param name="totalBytes">The GPU's memory, in bytes.</param>
    public DeviceMemoryException(
        string function, int errorCode, string errorName, long requestedBytes, long freeBytes, long totalBytes)
        : base(function, errorCode, errorName, Describe(requestedBytes, freeBytes, totalBytes))
    {
        RequestedBytes = requestedBytes;
        FreeBytes = freeBytes;
        TotalBytes = totalBytes;
    }

    /// <summary>The size asked for, in bytes.</summary>
    public long RequestedBytes { get; }

    /// <summary>What was free on the GPU after the refusal, in bytes; −1 if the driver did not say.</summary>
    public long FreeBytes { get; }

    /// <summary>The GPU's memory, in bytes.</summary>
    public long TotalBytes { get; }

    private static string Describe(long requested, long free, long total) =>
        $"{Number(requested)} bytes were asked for, {(free < 0 ? "an unknown number of" : Number(free))} of "
        + $"{Number(total)} bytes are free. Use smaller batches or dimensions, dispose models that are not needed, "
        + "or end other programs on this GPU.";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
