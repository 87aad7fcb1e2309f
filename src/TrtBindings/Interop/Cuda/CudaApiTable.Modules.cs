namespace TrtBindings.Interop.Cuda;

/// <content>Modules and kernels.</content>
internal sealed unsafe partial class CudaApiTable
{
    public readonly delegate* unmanaged<nint*, void*, uint, int*, void**, CudaResult> ModuleLoadDataEx =
        (delegate* unmanaged<nint*, void*, uint, int*, void**, CudaResult>)exports.Required("cuModuleLoadDataEx");

    public readonly delegate* unmanaged<nint, CudaResult> ModuleUnload =
        (delegate* unmanaged<nint, CudaResult>)exports.Required("cuModuleUnload");

    public readonly delegate* unmanaged<nint*, nint, byte*, CudaResult> ModuleGetFunction =
        (delegate* unmanaged<nint*, nint, byte*, CudaResult>)exports.Required("cuModuleGetFunction");

    public readonly delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, CudaResult>
        LaunchKernel =
        (delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, CudaResult>)
        exports.Required("cuLaunchKernel");
}
