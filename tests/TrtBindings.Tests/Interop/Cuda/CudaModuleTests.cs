using System.Runtime.InteropServices;
using TrtBindings.Interop.Cuda;

namespace TrtBindings.Tests.Interop.Cuda;

/// <summary>Modules and kernels. The stand-in does not compile PTX; TrtBindings.Gpu.Tests does so on a real GPU.</summary>
[Trait("Category", "Slow")]
public sealed unsafe class CudaModuleTests
{
    private static ReadOnlySpan<byte> Ptx => """
        .version 7.0
        .target sm_50
        .address_size 64
        .visible .entry add_to_all(.param .u64 data, .param .u32 count, .param .u32 value) { ret; }
        """u8;

    [SkippableFact]
    public void A_kernel_gets_its_parameters_as_they_were_when_it_was_queued()
    {
        using var driver = new FakeDriver();
        driver.RegisterKernel("add_to_all", (nint)(delegate* unmanaged<void**, uint*, uint*, void>)&AddToAll, [8, 4, 4]);
        using var stream = CudaStream.Create(driver.Context);
        using var memory = driver.Context.Allocator.Allocate(400, stream);
        using var module = CudaModule.Load(driver.Context, Ptx);
        var kernel = module.Function("add_to_all");
        stream.Fill(memory.Address, 0, 400);
        driver.Hold(true);
        var (address, count, added) = ((nint)0, 0u, 0u);
        var arguments = stackalloc void*[] { &address, &count, &added };
        for (var value = 1u; value <= 2; value++)
        {
            (address, count, added) = (memory.Address, 100, value);
            kernel.Launch(stream, (2, 1, 1), (64, 1, 1), arguments);
            (address, count, added) = (0, 0, 0);
        }

        var got = new uint[100];
        fixed (uint* to = got)
        {
            stream.CopyToHost(to, memory.Address, 400);
            stream.Synchronize();
        }

        got.ShouldAllBe(value => value == 3);
    }

    [SkippableFact]
    public void PTX_that_the_driver_refuses_is_a_typed_error_with_what_its_compiler_says()
    {
        using var driver = new FakeDriver();
        var error = Should.Throw<CudaException>(() => CudaModule.Load(driver.Context, "not PTX"u8));
        error.ErrorName.ShouldBe("CUDA_ERROR_INVALID_PTX");
        error.Text.ShouldContain("ptxas fatal");
        driver.Live("modules").ShouldBe(0);
    }

    [SkippableFact]
    public void A_kernel_that_is_not_in_the_module_is_named()
    {
        using var driver = new FakeDriver();
        using var module = CudaModule.Load(driver.Context, Ptx);
        Should.Throw<CudaException>(() => module.Function("other")).Text.ShouldContain("no kernel 'other'");
        module.Dispose();
        Should.Throw<ObjectDisposedException>(() => module.Function("add_to_all"));
        driver.Live("modules").ShouldBe(0);
    }

    [SkippableFact]
    public void A_block_with_too_many_threads_is_refused_by_the_driver()
    {
        using var driver = new FakeDriver();
        driver.RegisterKernel("add_to_all", (nint)(delegate* unmanaged<void**, uint*, uint*, void>)&AddToAll, []);
        using var stream = CudaStream.Create(driver.Context);
        using var module = CudaModule.Load(driver.Context, Ptx);
        var kernel = module.Function("add_to_all");
        Should.Throw<CudaException>(() => kernel.Launch(stream, (1, 1, 1), (2048, 1, 1), null)).Function
            .ShouldBe("cuLaunchKernel");
    }

    [UnmanagedCallersOnly]
    private static void AddToAll(void** parameters, uint* grid, uint* block)
    {
        var data = *(uint**)parameters[0];
        var count = Math.Min(*(uint*)parameters[1], grid[0] * block[0]);
        for (var index = 0; index < count; index++) data[index] += *(uint*)parameters[2];
    }
}
