namespace TrtBindings.Interop.Cuda;

/// <summary>
/// Raw layer: the driver's functions that this library calls, by their exported names. The names with _v2 are the 64-bit
/// meaning; the driver still exports the 32-bit one without. Handles are <see cref="nint"/>. No transition to native code
/// is suppressed, because nearly all of them can block or call back. This part: initialization, devices, errors, contexts.
/// </summary>
/// <param name="exports">The loaded driver.</param>
internal sealed unsafe partial class CudaApiTable(CudaExports exports)
{
    /// <summary>The oldest driver whose functions are all here: CUDA 11.4.</summary>
    public const int OldestVersion = 11_040;

    /// <summary>The functions that the driver lacks although this library needs them.</summary>
    public IReadOnlyList<string> Missing => exports.Missing;

    /// <summary>Whether the driver has memory pools at all; a device may lack them still.</summary>
    public bool HasMemoryPools => MemPoolCreate != null && MemAllocFromPoolAsync != null && MemFreeAsync != null
        && MemPoolDestroy != null && MemPoolSetAttribute != null && MemPoolGetAttribute != null && MemPoolTrimTo != null;

    public readonly delegate* unmanaged<uint, CudaResult> Init =
        (delegate* unmanaged<uint, CudaResult>)exports.Required("cuInit");

    public readonly delegate* unmanaged<int*, CudaResult> DriverGetVersion =
        (delegate* unmanaged<int*, CudaResult>)exports.Required("cuDriverGetVersion");

    public readonly delegate* unmanaged<int*, CudaResult> DeviceGetCount =
        (delegate* unmanaged<int*, CudaResult>)exports.Required("cuDeviceGetCount");

    public readonly delegate* unmanaged<int*, int, CudaResult> DeviceGet =
        (delegate* unmanaged<int*, int, CudaResult>)exports.Required("cuDeviceGet");

    public readonly delegate* unmanaged<byte*, int, int, CudaResult> DeviceGetName =
        (delegate* unmanaged<byte*, int, int, CudaResult>)exports.Required("cuDeviceGetName");

    public readonly delegate* unmanaged<int*, int, int, CudaResult> DeviceGetAttribute =
        (delegate* unmanaged<int*, int, int, CudaResult>)exports.Required("cuDeviceGetAttribute");

    public readonly delegate* unmanaged<byte*, int, CudaResult> DeviceGetUuid =
        (delegate* unmanaged<byte*, int, CudaResult>)exports.Required("cuDeviceGetUuid_v2");

    public readonly delegate* unmanaged<nuint*, int, CudaResult> DeviceTotalMem =
        (delegate* unmanaged<nuint*, int, CudaResult>)exports.Required("cuDeviceTotalMem_v2");

    public readonly delegate* unmanaged<CudaResult, byte**, CudaResult> GetErrorName =
        (delegate* unmanaged<CudaResult, byte**, CudaResult>)exports.Required("cuGetErrorName");

    public readonly delegate* unmanaged<CudaResult, byte**, CudaResult> GetErrorString =
        (delegate* unmanaged<CudaResult, byte**, CudaResult>)exports.Required("cuGetErrorString");

    public readonly delegate* unmanaged<void*, int, nint, CudaResult> PointerGetAttribute =
        (delegate* unmanaged<void*, int, nint, CudaResult>)exports.Required("cuPointerGetAttribute");

    public readonly delegate* unmanaged<nint*, int, CudaResult> DevicePrimaryCtxRetain =
        (delegate* unmanaged<nint*, int, CudaResult>)exports.Required("cuDevicePrimaryCtxRetain");

    public readonly delegate* unmanaged<nint, CudaResult> CtxSetCurrent =
        (delegate* unmanaged<nint, CudaResult>)exports.Required("cuCtxSetCurrent");

    public readonly delegate* unmanaged<nint*, CudaResult> CtxGetCurrent =
        (delegate* unmanaged<nint*, CudaResult>)exports.Required("cuCtxGetCurrent");

    public readonly delegate* unmanaged<CudaResult> CtxSynchronize =
        (delegate* unmanaged<CudaResult>)exports.Required("cuCtxSynchronize");
}
