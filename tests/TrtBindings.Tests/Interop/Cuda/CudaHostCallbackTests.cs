using TrtBindings.Interop.Cuda;

namespace TrtBindings.Tests.Interop.Cuda;

/// <summary>Host callbacks on streams.</summary>
[Trait("Category", "Slow")]
public sealed unsafe class CudaHostCallbackTests
{
    [SkippableFact]
    public void An_action_is_called_in_its_place_in_the_stream_each_time_it_is_queued()
    {
        using var driver = new FakeDriver();
        using var stream = CudaStream.Create(driver.Context);
        using var memory = driver.Context.Allocator.Allocate(256, stream);
        using var host = PinnedMemory.Allocate(driver.Context, 256);
        var seen = new List<byte>();
        using var callback = new CudaHostCallback(() => seen.Add(host.Span[255]));
        driver.Hold(true);
        for (byte value = 1; value <= 3; value++)
        {
            stream.Fill(memory.Address, value, 256);
            stream.CopyToHost((void*)host.Address, memory.Address, 256);
            callback.EnqueueOn(stream);
        }

        seen.ShouldBeEmpty();
        stream.Synchronize();
        seen.ShouldBe([1, 2, 3]);
    }

    [SkippableFact]
    public void What_an_action_throws_stays_with_the_callback()
    {
        using var driver = new FakeDriver();
        using var stream = CudaStream.Create(driver.Context);
        using var callback = new CudaHostCallback(() => throw new FormatException());
        callback.EnqueueOn(stream);
        stream.Synchronize();
        callback.Error.ShouldBeOfType<FormatException>();
    }

    [SkippableFact]
    public void A_callback_that_is_disposed_while_it_is_queued_is_still_called()
    {
        using var driver = new FakeDriver();
        using var stream = CudaStream.Create(driver.Context);
        var calls = 0;
        var callback = new CudaHostCallback(() => calls++);
        driver.Hold(true);
        callback.EnqueueOn(stream);
        callback.EnqueueOn(stream);
        callback.Dispose();
        GC.Collect();
        stream.Synchronize();
        calls.ShouldBe(2);
        Should.Throw<ObjectDisposedException>(() => callback.EnqueueOn(stream));
    }

    [SkippableFact]
    public void The_driver_refuses_calls_from_a_callback()
    {
        using var driver = new FakeDriver();
        using var stream = CudaStream.Create(driver.Context);
        using var callback = new CudaHostCallback(() => stream.IsIdle());
        callback.EnqueueOn(stream);
        stream.Synchronize();
        callback.Error.ShouldBeOfType<CudaException>().ErrorName.ShouldBe("CUDA_ERROR_NOT_PERMITTED");
    }

    [SkippableFact]
    public void Queueing_and_waiting_allocate_nothing_on_the_managed_heap()
    {
        using var driver = new FakeDriver();
        driver.Set("delay_us", 0);
        using var stream = CudaStream.Create(driver.Context);
        using var memory = driver.Context.Allocator.Allocate(256, stream);
        using var host = PinnedMemory.Allocate(driver.Context, 256);
        using var done = CudaEvent.Create(driver.Context);
        using var callback = new CudaHostCallback(() => { });
        Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1000; round++) Round();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Round()
        {
            stream.CopyToDevice(memory.Address, (void*)host.Address, 256);
            stream.CopyToHost((void*)host.Address, memory.Address, 256);
            callback.EnqueueOn(stream);
            done.Record(stream);
            done.Synchronize();
            stream.Synchronize();
        }
    }
}
