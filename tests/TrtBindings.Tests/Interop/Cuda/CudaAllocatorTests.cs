using TrtBindings.Interop.Cuda;

namespace TrtBindings.Tests.Interop.Cuda;

/// <summary>Allocation and reuse of device memory, with and without memory pools.</summary>
[Trait("Category", "Slow")]
public sealed unsafe class CudaAllocatorTests
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Freed_memory_is_used_again_without_asking_the_driver(bool pools)
    {
        using var driver = Driver(pools);
        var allocator = driver.Context.Allocator;
        using var stream = CudaStream.Create(driver.Context);
        allocator.Allocate(3_000_000, stream).Dispose();
        stream.Synchronize();
        var (used, asked) = (driver.UsedMemory(0), driver.Calls("cuMemAlloc"));
        used.ShouldBeGreaterThanOrEqualTo(3_000_000);
        for (var round = 0; round < 300; round++)
        {
            var memory = allocator.Allocate(3_000_000, stream);
            stream.Fill(memory.Address, 1, memory.ByteLength);
            memory.Dispose();
            // The pool of the stand-in reuses memory after the free has run. The free list reuses it at once.
            if (pools || round % 100 == 0) stream.Synchronize();
        }

        stream.Synchronize();
        driver.Calls("cuMemAlloc").ShouldBe(asked);
        driver.UsedMemory(0).ShouldBe(used);
        allocator.LiveRanges.ShouldBe(0);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_figures_follow_what_is_handed_out_and_trimming_gives_the_rest_back(bool pools)
    {
        using var driver = Driver(pools);
        var allocator = driver.Context.Allocator;
        using var stream = CudaStream.Create(driver.Context);
        var first = allocator.Allocate(1000, stream);
        var second = allocator.Allocate(0, stream);
        (allocator.BytesInUse, allocator.LiveRanges).ShouldBe((1024 + 256, 2));
        allocator.BytesReserved.ShouldBe(1024 + 256);
        first.Dispose();
        stream.Synchronize();
        (allocator.BytesInUse, allocator.BytesReserved).ShouldBe((256, 1024 + 256));
        allocator.Trim();
        (allocator.BytesInUse, allocator.BytesReserved).ShouldBe((256, 256));
        driver.UsedMemory(0).ShouldBe(256);
        second.Dispose();
        allocator.Trim();
        (allocator.BytesInUse, allocator.BytesReserved, driver.UsedMemory(0)).ShouldBe((0, 0, 0));
        // The free list does not leak an event either.
        driver.Live("events").ShouldBe(0);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_address_is_aligned_and_no_two_ranges_touch(bool pools)
    {
        using var driver = Driver(pools);
        using var stream = CudaStream.Create(driver.Context);
        var random = new Random(3);
        var live = new List<DeviceMemory>();
        for (var round = 0; round < 500; round++)
        {
            if (live.Count > 20 || (live.Count > 0 && random.Next(2) == 0))
            {
                var index = random.Next(live.Count);
                live[index].Dispose();
                live.RemoveAt(index);
                continue;
            }

            var memory = driver.Context.Allocator.Allocate(random.Next(1, 100_000), stream);
            (memory.Address % CudaAllocator.Alignment).ShouldBe(0);
            foreach (var other in live)
            {
                (memory.Address >= other.Address + other.ByteLength || other.Address >= memory.Address + memory.ByteLength)
                    .ShouldBeTrue();
            }

            live.Add(memory);
        }

        foreach (var memory in live) memory.Dispose();
        driver.Context.Allocator.BytesInUse.ShouldBe(0);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Memory_freed_on_one_stream_is_not_given_to_another_too_early(bool pools)
    {
        using var driver = Driver(pools);
        driver.Set("delay_us", 500);
        var allocator = driver.Context.Allocator;
        using var slow = CudaStream.Create(driver.Context);
        using var fast = CudaStream.Create(driver.Context);
        using var result = PinnedMemory.Allocate(driver.Context, 4096);
        var old = allocator.Allocate(4096, slow);
        for (var round = 0; round < 20; round++) slow.Fill(old.Address, 0xBB, 4096);
        old.Dispose();
        using var next = allocator.Allocate(4096, fast);
        fast.Fill(next.Address, 0x11, 4096);
        slow.Synchronize();
        fast.CopyToHost((void*)result.Address, next.Address, 4096);
        fast.Synchronize();
        result.Span.ToArray().ShouldAllBe(value => value == 0x11);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Memory_outlives_the_object_of_its_stream(bool pools)
    {
        using var driver = Driver(pools);
        var stream = CudaStream.Create(driver.Context);
        var memory = driver.Context.Allocator.Allocate(512, stream);
        stream.Dispose();
        driver.Live("streams").ShouldBe(1, "the memory is still to be freed on it");
        memory.Dispose();
        driver.Live("streams").ShouldBe(0);
        driver.Context.Allocator.Trim();
        driver.UsedMemory(0).ShouldBe(0);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Memory_is_freed_although_the_application_destroyed_its_stream(bool pools)
    {
        using var driver = Driver(pools);
        nint made;
        using (driver.Context.Enter())
            driver.Library.Api.StreamCreateWithPriority(&made, 1, 0).ShouldBe(CudaResult.Success);
        using var stream = CudaStream.Wrap(driver.Context, made);
        var memory = driver.Context.Allocator.Allocate(512, stream);
        using (driver.Context.Enter()) driver.Library.Api.StreamDestroy(made).ShouldBe(CudaResult.Success);
        memory.Dispose();
        driver.Context.Allocator.Trim();
        (driver.Live("memory"), driver.UsedMemory(0), driver.Context.IsLost).ShouldBe((0, 0, false));
    }

    [SkippableFact]
    public void A_range_is_taken_back_once_and_a_strange_address_never()
    {
        using var driver = new FakeDriver();
        using var stream = CudaStream.Create(driver.Context);
        var allocator = driver.Context.Allocator;
        var address = allocator.AllocateRaw(100, stream.Raw);
        allocator.FreeRaw(address, stream.Raw).ShouldBeTrue();
        allocator.FreeRaw(address, stream.Raw).ShouldBeFalse();
        allocator.FreeRaw(4096, 0).ShouldBeFalse();
        driver.Context.Synchronize();
        driver.Context.IsLost.ShouldBeFalse();
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Many_threads_share_one_allocator(bool pools)
    {
        using var driver = Driver(pools);
        driver.Set("delay_us", 0);
        var context = driver.Context;
        Parallel.For(0, 8, seed =>
        {
            using var stream = CudaStream.Create(context);
            using var host = PinnedMemory.Allocate(context, 65_536);
            var random = new Random(seed);
            for (var round = 0; round < 50; round++)
            {
                var bytes = random.Next(1, 65_536);
                using var memory = context.Allocator.Allocate(bytes, stream);
                stream.Fill(memory.Address, (byte)seed, bytes);
                stream.CopyToHost((void*)host.Address, memory.Address, bytes);
                stream.Synchronize();
                host.Span[..bytes].IndexOfAnyExcept((byte)seed).ShouldBe(-1);
            }
        });
        context.Allocator.Trim();
        (context.Allocator.BytesInUse, driver.UsedMemory(0)).ShouldBe((0, 0));
    }

    private static FakeDriver Driver(bool pools)
    {
        var driver = new FakeDriver();
        driver.Set("pools", pools ? 1 : 0);
        return driver;
    }
}
