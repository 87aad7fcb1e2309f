namespace TrtBindings.Interop.Cuda;

/// <content>Memory, copies and pools. Sizes are in bytes; the driver's CUdeviceptr is an address.</content>
internal sealed unsafe partial class CudaApiTable
{
    public readonly delegate* unmanaged<nuint*, nuint*, CudaResult> MemGetInfo =
        (delegate* unmanaged<nuint*, nuint*, CudaResult>)exports.Required("cuMemGetInfo_v2");

    public readonly delegate* unmanaged<nint*, nuint, CudaResult> MemAlloc =
        (delegate* unmanaged<nint*, nuint, CudaResult>)exports.Required("cuMemAlloc_v2");

    public readonly delegate* unmanaged<nint, CudaResult> MemFree =
        (delegate* unmanaged<nint, CudaResult>)exports.Required("cuMemFree_v2");

    public readonly delegate* unmanaged<void**, nuint, uint, CudaResult> MemHostAlloc =
        (delegate* unmanaged<void**, nuint, uint, CudaResult>)exports.Required("cuMemHostAlloc");

    public readonly delegate* unmanaged<void*, CudaResult> MemFreeHost =
        (delegate* unmanaged<void*, CudaResult>)exports.Required("cuMemFreeHost");

    public readonly delegate* unmanaged<nint, void*, nuint, nint, CudaResult> MemcpyHtoDAsync =
        (delegate* unmanaged<nint, void*, nuint, nint, CudaResult>)exports.Required("cuMemcpyHtoDAsync_v2");

    public readonly delegate* unmanaged<void*, nint, nuint, nint, CudaResult> MemcpyDtoHAsync =
        (delegate* unmanaged<void*, nint, nuint, nint, CudaResult>)exports.Required("cuMemcpyDtoHAsync_v2");

    public readonly delegate* unmanaged<nint, nint, nuint, nint, CudaResult> MemcpyDtoDAsync =
        (delegate* unmanaged<nint, nint, nuint, nint, CudaResult>)exports.Required("cuMemcpyDtoDAsync_v2");

    public readonly delegate* unmanaged<nint, byte, nuint, nint, CudaResult> MemsetD8Async =
        (delegate* unmanaged<nint, byte, nuint, nint, CudaResult>)exports.Required("cuMemsetD8Async");

    public readonly delegate* unmanaged<nint*, nuint, nint, nint, CudaResult> MemAllocFromPoolAsync =
        (delegate* unmanaged<nint*, nuint, nint, nint, CudaResult>)exports.Optional("cuMemAllocFromPoolAsync");

    public readonly delegate* unmanaged<nint, nint, CudaResult> MemFreeAsync =
        (delegate* unmanaged<nint, nint, CudaResult>)exports.Optional("cuMemFreeAsync");

    public readonly delegate* unmanaged<nint*, CudaMemoryPoolProperties*, CudaResult> MemPoolCreate =
        (delegate* unmanaged<nint*, CudaMemoryPoolProperties*, CudaResult>)exports.Optional("cuMemPoolCreate");

    public readonly delegate* unmanaged<nint, CudaResult> MemPoolDestroy =
        (delegate* unmanaged<nint, CudaResult>)exports.Optional("cuMemPoolDestroy");

    public readonly delegate* unmanaged<nint, int, void*, CudaResult> MemPoolSetAttribute =
        (delegate* unmanaged<nint, int, void*, CudaResult>)exports.Optional("cuMemPoolSetAttribute");

    public readonly delegate* unmanaged<nint, int, void*, CudaResult> MemPoolGetAttribute =
        (delegate* unmanaged<nint, int, void*, CudaResult>)exports.Optional("cuMemPoolGetAttribute");

    public readonly delegate* unmanaged<nint, nuint, CudaResult> MemPoolTrimTo =
        (delegate* unmanaged<nint, nuint, CudaResult>)exports.Optional("cuMemPoolTrimTo");
}
