using System.Runtime.InteropServices;

namespace TrtBindings.Interop.Cuda;

/// <summary>The struct <c>CUDA_MEMCPY2D</c> of the driver. What is not named here is zero: offsets and arrays.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal unsafe struct CudaCopyOfRows
{
    private const int Host = 1;
    private const int Device = 2;

    /// <summary>A <c>CUmemorytype</c>.</summary>
    [FieldOffset(16)]
    public int SourceType;

    [FieldOffset(24)]
    public void* SourceHost;

    /// <summary>Bytes from one row to the next.</summary>
    [FieldOffset(48)]
    public nuint SourcePitch;

    /// <summary>A <c>CUmemorytype</c>.</summary>
    [FieldOffset(72)]
    public int DestinationType;

    [FieldOffset(88)]
    public nint DestinationDevice;

    /// <summary>Bytes from one row to the next.</summary>
    [FieldOffset(104)]
    public nuint DestinationPitch;

    /// <summary>Bytes of a row.</summary>
    [FieldOffset(112)]
    public nuint Width;

    /// <summary>Number of rows.</summary>
    [FieldOffset(120)]
    public nuint Height;

    /// <summary>A copy from host to device. No number is negative.</summary>
    public static CudaCopyOfRows ToDevice(
        nint device, nint devicePitch, void* host, nint hostPitch, nint rowBytes, nint rows) => new()
        {
            SourceType = Host,
            SourceHost = host,
            SourcePitch = checked((nuint)hostPitch),
            DestinationType = Device,
            DestinationDevice = device,
            DestinationPitch = checked((nuint)devicePitch),
            Width = checked((nuint)rowBytes),
            Height = checked((nuint)rows),
        };
}
