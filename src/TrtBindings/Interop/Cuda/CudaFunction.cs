using System.Globalization;

namespace TrtBindings.Interop.Cuda;

/// <summary>A kernel of a module. It keeps the module loaded.</summary>
/// <param name="module">The module.</param>
/// <param name="raw">The <c>CUfunction</c>, which belongs to the module.</param>
/// <param name="name">Name of the kernel.</param>
internal sealed unsafe class CudaFunction(CudaModule module, nint raw, string name)
{
    // CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES.
    private const int MaxDynamicSharedBytes = 8;

    /// <summary>Name of the kernel.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Size in bytes of each parameter; <see langword="null"/> if the driver does not tell, which it does from CUDA 12.4 on.
    /// </summary>
    public int[]? ParameterSizes { get; } = ReadSizes(module, raw);

    /// <summary>Allows more dynamic shared memory per block than the 48 KiB that every kernel may have.</summary>
    /// <exception cref="CudaException">The GPU has less.</exception>
    public void AllowShared(int bytes)
    {
        using var scope = module.Context.Enter();
        var result = module.Context.Api.FuncSetAttribute(raw, MaxDynamicSharedBytes, bytes);
        if (result == CudaResult.InvalidValue)
        {
            throw CudaStatus.ToException(module.Context.Api, result, "cuFuncSetAttribute", string.Create(
                CultureInfo.InvariantCulture, $"A block of '{Name}' cannot have {bytes} bytes of shared memory on this GPU."));
        }

        module.Context.Check(result, "cuFuncSetAttribute");
    }

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
        if (result == CudaResult.InvalidValue) throw Refused(grid, block, sharedBytes);
        context.Check(result, "cuLaunchKernel");
        GC.KeepAlive(module);
    }

    private static int[]? ReadSizes(CudaModule module, nint raw)
    {
        var api = module.Context.Api;
        if (api.FuncGetParamInfo == null) return null;
        using var scope = module.Context.Enter();
        var sizes = new List<int>();
        while (true)
        {
            nuint offset, size;
            var result = api.FuncGetParamInfo(raw, (nuint)sizes.Count, &offset, &size);
            if (result == CudaResult.Success) sizes.Add(checked((int)size));
            else return result == CudaResult.InvalidValue ? [.. sizes] : null;
        }
    }

    private CudaException Refused((uint X, uint Y, uint Z) grid, (uint X, uint Y, uint Z) block, uint sharedBytes) =>
        CudaStatus.ToException(module.Context.Api, CudaResult.InvalidValue, "cuLaunchKernel", string.Create(
            CultureInfo.InvariantCulture, $"'{Name}' was launched with {grid.X} x {grid.Y} x {grid.Z} blocks of {block.X} x "
            + $"{block.Y} x {block.Z} threads and {sharedBytes} bytes of shared memory. A block has at most 1,024 threads, and "
            + $"a grid at most 65,535 blocks in y and z."));
}
