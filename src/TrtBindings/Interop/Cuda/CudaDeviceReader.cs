using System.Runtime.InteropServices;

namespace TrtBindings.Interop.Cuda;

/// <summary>
/// Reads the <see href="https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__DEVICE.html">devices</see> that the driver
/// lists.
/// </summary>
internal static unsafe class CudaDeviceReader
{
    // CUdevice_attribute.
    private const int ComputeCapabilityMajor = 75;
    private const int ComputeCapabilityMinor = 76;
    private const int MemoryPoolsSupported = 115;

    private const int UuidLength = 16;
    private const int NameLength = 256;

    /// <summary>All devices, in the order of the driver.</summary>
    /// <exception cref="CudaException">There is no device, or a query failed.</exception>
    public static CudaDevice[] ReadAll(CudaLibrary library)
    {
        var api = library.Api;
        int count;
        CudaStatus.Check(api, api.DeviceGetCount(&count), "cuDeviceGetCount");
        if (count == 0)
        {
            throw CudaStatus.ToException(api, CudaResult.NoDevice, "cuDeviceGetCount",
                "The driver is installed, but this process sees no GPU.");
        }

        var devices = new CudaDevice[count];
        for (var index = 0; index < count; index++) devices[index] = Read(library, index);
        return devices;
    }

    private static CudaDevice Read(CudaLibrary library, int index)
    {
        var api = library.Api;
        int device;
        nuint bytes;
        var name = stackalloc byte[NameLength];
        var uuid = stackalloc byte[UuidLength];
        CudaStatus.Check(api, api.DeviceGet(&device, index), "cuDeviceGet");
        CudaStatus.Check(api, api.DeviceGetName(name, NameLength, device), "cuDeviceGetName");
        CudaStatus.Check(api, api.DeviceGetUuid(uuid, device), "cuDeviceGetUuid");
        CudaStatus.Check(api, api.DeviceTotalMem(&bytes, device), "cuDeviceTotalMem");
        var text = new Guid(new ReadOnlySpan<byte>(uuid, UuidLength), bigEndian: true);
        return new(library, index, device, $"GPU-{text:D}", Marshal.PtrToStringUTF8((nint)name) ?? "",
            Attribute(api, device, ComputeCapabilityMajor), Attribute(api, device, ComputeCapabilityMinor), (long)bytes,
            api.HasMemoryPools && Attribute(api, device, MemoryPoolsSupported) != 0);
    }

    private static int Attribute(CudaApiTable api, int device, int attribute)
    {
        int value;
        CudaStatus.Check(api, api.DeviceGetAttribute(&value, attribute, device), "cuDeviceGetAttribute");
        return value;
    }
}
