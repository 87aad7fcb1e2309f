namespace TrtBindings.Interop.Cuda;

/// <summary>A kernel of a module, which it keeps reachable.</summary>
/// <param name="module">The module.</param>
/// <param name="raw">The driver's <c>CUfunction</c>, which belongs to the module.</param>
/// <param name="name">The kernel's name.</param>
internal sealed unsafe class CudaFunction(CudaModule module, nint raw, string name)
{
    /// <summary>The kernel's name.</summary>
    public string Name { get; } = name;

    /// <summary>Queues the kernel.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="grid">Blocks along x, y and z.</param>
    /// <param name="block">Threads of a block along x, y and z.</param>
    /// <param name="arguments">The address of each parameter's value; the values are read before this returns.</param>
    /// <param name="sharedBytes">Dynamic shared memory of a block, in bytes.</param>
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
