using TrtBindings.Interop.Cuda;

namespace TrtBindings.Tests.Interop.Cuda;

/// <summary>Failed allocations and lost devices.</summary>
[Trait("Category", "Slow")]
public sealed class DeviceFaultTests
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Too_little_device_memory_is_a_typed_error_and_the_rest_goes_on(bool pools)
    {
        using var driver = new FakeDriver();
        driver.Set("pools", pools ? 1 : 0);
        var context = driver.Context;
        driver.SetMemory(0, 10_000_000);
        using var stream = CudaStream.Create(context);
        using var held = context.Allocator.Allocate(4_000_000, stream);
        var error = Should.Throw<DeviceMemoryException>(() => context.Allocator.Allocate(8_000_000, stream));
        error.RequestedBytes.ShouldBe(8_000_000);
        error.TotalBytes.ShouldBe(10_000_000);
        error.FreeBytes.ShouldBeInRange(1, 6_000_000);
        error.ErrorName.ShouldBe("CUDA_ERROR_OUT_OF_MEMORY");
        context.IsLost.ShouldBeFalse();
        using var small = context.Allocator.Allocate(1_000_000, stream);
        stream.Fill(small.Address, 1, 1_000_000);
        stream.Synchronize();
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Memory_that_is_kept_is_given_back_before_an_allocation_is_refused(bool pools)
    {
        using var driver = new FakeDriver();
        driver.Set("pools", pools ? 1 : 0);
        var allocator = driver.Context.Allocator;
        driver.SetMemory(0, 10_000_000);
        using var stream = CudaStream.Create(driver.Context);
        allocator.Allocate(3_000_000, stream).Dispose();
        allocator.Allocate(4_500_000, stream).Dispose();
        using var large = allocator.Allocate(9_000_000, stream);
        allocator.BytesInUse.ShouldBeInRange(9_000_000, 9_000_256);
    }

    [SkippableFact]
    public void A_device_that_is_lost_throws_from_then_on_and_the_other_goes_on()
    {
        using var driver = new FakeDriver();
        var stream = CudaStream.Create(driver.Context);
        var memory = driver.Context.Allocator.Allocate(1000, stream);
        var pinned = PinnedMemory.Allocate(driver.Context, 1000);
        using var other = CudaStream.Create(driver.OtherContext);
        driver.LoseDevice(0, code: 719);
        var error = Should.Throw<DeviceLostException>(stream.Synchronize);
        (error.ErrorCode, error.ErrorName, error.Function).ShouldBe((719, "CUDA_ERROR_LAUNCH_FAILED", "cuStreamSynchronize"));
        error.Device.ShouldBe("GPU 0 'Stand-in GPU 0'");
        driver.Context.IsLost.ShouldBeTrue();
        Should.Throw<DeviceLostException>(() => driver.Context.Allocator.Allocate(1, stream));
        Should.Throw<DeviceLostException>(() => CudaStream.Create(driver.Context)).Function.ShouldBe("cuStreamSynchronize");

        using (var fine = driver.OtherContext.Allocator.Allocate(1000, other))
        {
            other.Fill(fine.Address, 1, 1000);
            other.Synchronize();
        }

        driver.OtherContext.IsLost.ShouldBeFalse();
        foreach (var each in new IDisposable[] { memory, stream, pinned }) Should.NotThrow(each.Dispose);
        driver.Context.Allocator.BytesInUse.ShouldBe(0);
        driver.Current().ShouldBe(0);
    }

    [SkippableFact]
    public void A_copy_out_of_bounds_loses_the_device()
    {
        using var driver = new FakeDriver();
        using var stream = CudaStream.Create(driver.Context);
        using var memory = driver.Context.Allocator.Allocate(256, stream);
        stream.Fill(memory.Address + 200, 1, 100);
        Should.Throw<DeviceLostException>(stream.Synchronize).ErrorName.ShouldBe("CUDA_ERROR_ILLEGAL_ADDRESS");
    }

    [SkippableFact]
    public void A_device_that_is_lost_ends_a_wait_on_another_thread()
    {
        using var driver = new FakeDriver();
        driver.Set("delay_us", 200_000);
        using var stream = CudaStream.Create(driver.Context);
        using var memory = driver.Context.Allocator.Allocate(256, stream);
        for (var round = 0; round < 1000; round++) stream.Fill(memory.Address, 1, 256);
        var waiting = Task.Run(stream.Synchronize);
        driver.LoseDevice(0, code: 214);
        Should.Throw<DeviceLostException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(10))).ErrorCode.ShouldBe(214);
    }
}
