using System.Globalization;

namespace TrtBindings.Interop.Cuda;

/// <summary>A GPU that the process can use.</summary>
/// <param name="Library">The driver.</param>
/// <param name="Index">The CUDA device number, from 0.</param>
/// <param name="Handle">The <c>CUdevice</c>.</param>
/// <param name="Uuid">The UUID as <c>nvidia-smi -L</c> prints it: <c>GPU-</c> and five groups of hexadecimal digits.</param>
/// <param name="Name">The product name.</param>
/// <param name="ComputeMajor">Major version of the compute capability.</param>
/// <param name="ComputeMinor">Minor version of the compute capability.</param>
/// <param name="TotalBytes">Total memory in bytes.</param>
/// <param name="HasMemoryPools">True if the device supports stream-ordered memory pools.</param>
internal sealed record CudaDevice(CudaLibrary Library, int Index, int Handle, string Uuid, string Name, int ComputeMajor,
    int ComputeMinor, long TotalBytes, bool HasMemoryPools)
{
    /// <summary>The compute capability, such as 8.6.</summary>
    public string ComputeCapability => string.Create(CultureInfo.InvariantCulture, $"{ComputeMajor}.{ComputeMinor}");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"GPU {Index} '{Name}'");
}
