namespace TrtBindings.Interop.Cuda;

/// <summary>
/// Raw layer: the functions of the CUDA driver that this library calls, by their exported names. Handles are
/// <see cref="nint"/>, sizes are in bytes, and a <c>CUdeviceptr</c> is an address.
/// </summary>
/// <remarks>
/// The names that end in _v2 are the 64-bit functions; the driver still exports 32-bit ones without the suffix. The calls do
/// not suppress the GC transition, because nearly all of them can block or call back.
/// <see href="https://docs.nvidia.com/cuda/cuda-driver-api/modules.html">NVIDIA's documentation</see> describes every function.
/// </remarks>
/// <param name="exports">The loaded driver.</param>
internal sealed unsafe class CudaApiTable(CudaExports exports)
{
    /// <summary>The oldest driver that exports all required functions: CUDA 11.4.</summary>
    public const int OldestVersion = 11_040;

    /// <summary>Required functions that the driver does not export.</summary>
    public IReadOnlyList<string> Missing => exports.Missing;

    /// <summary>True if the driver has memory pools. A device can still lack them.</summary>
    public bool HasMemoryPools => MemPoolCreate != null && MemAllocFromPoolAsync != null && MemFreeAsync != null
        && MemPoolDestroy != null && MemPoolSetAttribute != null && MemPoolGetAttribute != null && MemPoolTrimTo != null;

    // Initialization, devices, errors and contexts.

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

    // Memory, copies and memory pools. The pool functions are optional.

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

    public readonly delegate* unmanaged<CudaCopyOfRows*, nint, CudaResult> Memcpy2DAsync =
        (delegate* unmanaged<CudaCopyOfRows*, nint, CudaResult>)exports.Required("cuMemcpy2DAsync_v2");

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

    // Streams and events.

    public readonly delegate* unmanaged<nint*, uint, int, CudaResult> StreamCreateWithPriority =
        (delegate* unmanaged<nint*, uint, int, CudaResult>)exports.Required("cuStreamCreateWithPriority");

    public readonly delegate* unmanaged<nint, CudaResult> StreamDestroy =
        (delegate* unmanaged<nint, CudaResult>)exports.Required("cuStreamDestroy_v2");

    public readonly delegate* unmanaged<nint, CudaResult> StreamSynchronize =
        (delegate* unmanaged<nint, CudaResult>)exports.Required("cuStreamSynchronize");

    public readonly delegate* unmanaged<nint, CudaResult> StreamQuery =
        (delegate* unmanaged<nint, CudaResult>)exports.Required("cuStreamQuery");

    public readonly delegate* unmanaged<nint, nint, uint, CudaResult> StreamWaitEvent =
        (delegate* unmanaged<nint, nint, uint, CudaResult>)exports.Required("cuStreamWaitEvent");

    public readonly delegate* unmanaged<nint, nint*, CudaResult> StreamGetCtx =
        (delegate* unmanaged<nint, nint*, CudaResult>)exports.Required("cuStreamGetCtx");

    public readonly delegate* unmanaged<nint, uint*, CudaResult> StreamGetFlags =
        (delegate* unmanaged<nint, uint*, CudaResult>)exports.Required("cuStreamGetFlags");

    public readonly delegate* unmanaged<nint, delegate* unmanaged<nint, void>, nint, CudaResult> LaunchHostFunc =
        (delegate* unmanaged<nint, delegate* unmanaged<nint, void>, nint, CudaResult>)exports.Required("cuLaunchHostFunc");

    public readonly delegate* unmanaged<nint*, uint, CudaResult> EventCreate =
        (delegate* unmanaged<nint*, uint, CudaResult>)exports.Required("cuEventCreate");

    public readonly delegate* unmanaged<nint, CudaResult> EventDestroy =
        (delegate* unmanaged<nint, CudaResult>)exports.Required("cuEventDestroy_v2");

    public readonly delegate* unmanaged<nint, nint, CudaResult> EventRecord =
        (delegate* unmanaged<nint, nint, CudaResult>)exports.Required("cuEventRecord");

    public readonly delegate* unmanaged<nint, nint, uint, CudaResult> EventRecordWithFlags =
        (delegate* unmanaged<nint, nint, uint, CudaResult>)exports.Required("cuEventRecordWithFlags");

    public readonly delegate* unmanaged<nint, CudaResult> EventQuery =
        (delegate* unmanaged<nint, CudaResult>)exports.Required("cuEventQuery");

    public readonly delegate* unmanaged<nint, CudaResult> EventSynchronize =
        (delegate* unmanaged<nint, CudaResult>)exports.Required("cuEventSynchronize");

    public readonly delegate* unmanaged<float*, nint, nint, CudaResult> EventElapsedTime =
        (delegate* unmanaged<float*, nint, nint, CudaResult>)exports.Required("cuEventElapsedTime");

    // Stream capture and graphs.

    public readonly delegate* unmanaged<nint, int, CudaResult> StreamBeginCapture =
        (delegate* unmanaged<nint, int, CudaResult>)exports.Required("cuStreamBeginCapture_v2");

    public readonly delegate* unmanaged<nint, nint*, CudaResult> StreamEndCapture =
        (delegate* unmanaged<nint, nint*, CudaResult>)exports.Required("cuStreamEndCapture");

    public readonly delegate* unmanaged<nint, nint*, nuint*, CudaResult> GraphGetNodes =
        (delegate* unmanaged<nint, nint*, nuint*, CudaResult>)exports.Required("cuGraphGetNodes");

    public readonly delegate* unmanaged<nint*, nint, ulong, CudaResult> GraphInstantiateWithFlags =
        (delegate* unmanaged<nint*, nint, ulong, CudaResult>)exports.Required("cuGraphInstantiateWithFlags");

    public readonly delegate* unmanaged<nint, nint, CudaResult> GraphLaunch =
        (delegate* unmanaged<nint, nint, CudaResult>)exports.Required("cuGraphLaunch");

    public readonly delegate* unmanaged<nint, CudaResult> GraphExecDestroy =
        (delegate* unmanaged<nint, CudaResult>)exports.Required("cuGraphExecDestroy");

    public readonly delegate* unmanaged<nint, CudaResult> GraphDestroy =
        (delegate* unmanaged<nint, CudaResult>)exports.Required("cuGraphDestroy");

    // The linker, modules and kernels. What a kernel takes is known from CUDA 12.4 on.

    public readonly delegate* unmanaged<uint, int*, void**, nint*, CudaResult> LinkCreate =
        (delegate* unmanaged<uint, int*, void**, nint*, CudaResult>)exports.Required("cuLinkCreate_v2");

    public readonly delegate* unmanaged<nint, int, void*, nuint, byte*, uint, int*, void**, CudaResult> LinkAddData =
        (delegate* unmanaged<nint, int, void*, nuint, byte*, uint, int*, void**, CudaResult>)
        exports.Required("cuLinkAddData_v2");

    public readonly delegate* unmanaged<nint, void**, nuint*, CudaResult> LinkComplete =
        (delegate* unmanaged<nint, void**, nuint*, CudaResult>)exports.Required("cuLinkComplete");

    public readonly delegate* unmanaged<nint, CudaResult> LinkDestroy =
        (delegate* unmanaged<nint, CudaResult>)exports.Required("cuLinkDestroy");

    public readonly delegate* unmanaged<nint*, void*, uint, int*, void**, CudaResult> ModuleLoadDataEx =
        (delegate* unmanaged<nint*, void*, uint, int*, void**, CudaResult>)exports.Required("cuModuleLoadDataEx");

    public readonly delegate* unmanaged<nint, CudaResult> ModuleUnload =
        (delegate* unmanaged<nint, CudaResult>)exports.Required("cuModuleUnload");

    public readonly delegate* unmanaged<nint*, nint, byte*, CudaResult> ModuleGetFunction =
        (delegate* unmanaged<nint*, nint, byte*, CudaResult>)exports.Required("cuModuleGetFunction");

    public readonly delegate* unmanaged<nint, nuint, nuint*, nuint*, CudaResult> FuncGetParamInfo =
        (delegate* unmanaged<nint, nuint, nuint*, nuint*, CudaResult>)exports.Optional("cuFuncGetParamInfo");

    public readonly delegate* unmanaged<nint, int, int, CudaResult> FuncSetAttribute =
        (delegate* unmanaged<nint, int, int, CudaResult>)exports.Required("cuFuncSetAttribute");

    public readonly delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, CudaResult>
        LaunchKernel =
        (delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, CudaResult>)
        exports.Required("cuLaunchKernel");
}
