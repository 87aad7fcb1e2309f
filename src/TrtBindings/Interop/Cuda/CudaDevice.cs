using System.Globalization;

namespace TrtBindings.Interop.Cuda;

/// <summary>One GPU that the process may use.</summary>
/// <param name="Library">The driver.</param>
/// <param name="Index">Its place in the driver's list, from 0.</param>
/// <param name="Handle">The driver's <c>CUdevice</c>.</param>
/// <param name="Uuid">Its identity, <c>GPU-</c> and five groups of hexadecimal digits, the same in every process.</param>
/// <param name="Name">The product's name.</param>
/// <param name="ComputeMajor">The compute capability's first part.</param>
/// <param name="ComputeMinor">The compute capability's second part.</param>
/// <param name="TotalBytes">The memory, in bytes.</param>
/// <param name="HasMemoryPools">Whether allocations can be ordered on streams.</param>
internal sealed record CudaDevice(CudaLibrary Library, int Index, int Handle, string Uuid, string Name, int ComputeMajor,
    int ComputeMinor, long TotalBytes, bool HasMemoryPools)
{
    /// <summary>8.6, say.</summary>
    public string ComputeCapability => string.Create(CultureInfo.InvariantCulture, $"{ComputeMajor}.{ComputeMinor}");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"GPU {Index} '{Name}'");
}
