namespace TrtBindings.Interop.Cuda;

/// <summary>A kernel of a module. It keeps the module loaded.</summary>
/// <param name="module">The module.</param>
/// <param name="raw">The <c>CUfunction</c>, which belongs to the module.</param>
/// <param name="name">Name of the kernel.</param>
internal sealed unsafe class CudaFunction(CudaModule module, nint raw, string name)
{
    /// <summary>Name of the kernel.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Queues the kernel. See
    /// <see href="https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__EXEC.html">cuLaunchKernel</see>.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <param name="grid">Number of blocks in x, y and z.</param>
    /// <param name="block">Number of threads per block in x, y and z.</param>
    /// <param name="arguments">Address of the value of each parameter. The values are read before this returns.</param>
    /// <param name="sharedBytes">Dynamic shared memory per block, in bytes.</param>
    public void Launch(CudaStream stream, (uint X, uint Y, uint Z) grid, (uint X, uint Y, uint Z) block, void** arguments,
        uint sharedBytes = 0)
    {
        ObjectDisposedException.ThrowIf(module.IsClosed, module);
        var context = module.Context;
        using var scope = context.Enter();
        var result = context.Api.LaunchKernel(raw, grid.X, grid.Y, grid.Z, block.X, block.Y, block.Z, sharedBytes, stream.Raw,
            arguments, null);
        context.Check(result, "cuLaunchKernel");
        GC.KeepAlive(module);
    }
}
