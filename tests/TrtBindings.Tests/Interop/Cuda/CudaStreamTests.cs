using System.Runtime.CompilerServices;
using TrtBindings.Interop.Cuda;

namespace TrtBindings.Tests.Interop.Cuda;

/// <summary>Order of work on streams, asynchronous copies, and lifetime of objects.</summary>
[Trait("Category", "Slow")]
public sealed unsafe class CudaStreamTests
{
    private const byte Old = 0xEE;

    [SkippableFact]
    public void A_copy_is_there_after_synchronizing_and_not_before()
    {
        using var driver = new FakeDriver();
        using var stream = CudaStream.Create(driver.Context);
        using var memory = driver.Context.Allocator.Allocate(1000, stream);
        using var source = PinnedMemory.Allocate(driver.Context, 1000);
        using var result = PinnedMemory.Allocate(driver.Context, 1000);
        source.Span.Fill(7);
        result.Span.Fill(Old);
        driver.Hold(true);
        stream.CopyToDevice(memory.Address, (void*)source.Address, 1000);
        stream.CopyToHost((void*)result.Address, memory.Address, 1000);
        stream.IsIdle().ShouldBeFalse();
        result.Span.ToArray().ShouldAllBe(value => value == Old);
        stream.Synchronize();
        stream.IsIdle().ShouldBeTrue();
        result.Span.ToArray().ShouldAllBe(value => value == 7);
    }

    [SkippableFact]
    public void Bytes_go_up_across_and_down_unchanged()
    {
        using var driver = new FakeDriver();
        using var stream = CudaStream.Create(driver.Context);
        using var first = driver.Context.Allocator.Allocate(4096, stream);
        using var second = driver.Context.Allocator.Allocate(4096, stream);
        var (sent, got) = (new byte[4096], new byte[4096]);
        new Random(1).NextBytes(sent);
        fixed (byte* from = sent, to = got)
        {
            stream.CopyToDevice(first.Address, from, sent.Length);
            stream.Fill(second.Address, 9, 4096);
            stream.CopyOnDevice(second.Address + 16, first.Address + 16, 4000);
            stream.CopyToHost(to, second.Address, got.Length);
            stream.Synchronize();
        }

        got[16..4016].ShouldBe(sent[16..4016]);
        got[..16].ShouldAllBe(value => value == 9);
        got[4016..].ShouldAllBe(value => value == 9);
    }

    [SkippableFact]
    public void A_stream_waits_for_an_event_of_another()
    {
        using var driver = new FakeDriver();
        driver.Set("delay_us", 2000);
        using var copies = CudaStream.Create(driver.Context);
        using var work = CudaStream.Create(driver.Context);
        using var memory = driver.Context.Allocator.Allocate(256);
        using var uploaded = CudaEvent.Create(driver.Context);
        using var result = PinnedMemory.Allocate(driver.Context, 256);
        // Waiting for an event that was never recorded returns at once.
        work.WaitFor(uploaded);
        for (var value = 1; value <= 3; value++) copies.Fill(memory.Address, (byte)value, 256);
        uploaded.Record(copies);
        work.WaitFor(uploaded);
        work.CopyToHost((void*)result.Address, memory.Address, 256);
        work.Synchronize();
        result.Span.ToArray().ShouldAllBe(value => value == 3);
    }

    [SkippableFact]
    public void Two_events_measure_the_work_between_them()
    {
        using var driver = new FakeDriver();
        driver.Set("delay_us", 3000);
        using var stream = CudaStream.Create(driver.Context);
        using var memory = driver.Context.Allocator.Allocate(256, stream);
        using var start = CudaEvent.Create(driver.Context, timing: true);
        using var end = CudaEvent.Create(driver.Context, timing: true);
        start.Record(stream);
        stream.Fill(memory.Address, 0, 256);
        end.Record(stream);
        end.Synchronize();
        end.MillisecondsSince(start).ShouldBeGreaterThan(5);
    }

    [SkippableFact]
    public void Nothing_is_left_after_disposing_in_any_order()
    {
        using var driver = new FakeDriver();
        var context = driver.Context;
        for (var round = 0; round < 6; round++)
        {
            var stream = CudaStream.Create(context);
            var owned = new IDisposable[]
            {
                stream, context.Allocator.Allocate(100, stream), PinnedMemory.Allocate(context, 100),
                CudaEvent.Create(context), CudaEvent.Create(context, timing: true),
            };
            new Random(round).Shuffle(owned);
            foreach (var each in owned) each.Dispose();
            foreach (var each in owned) each.Dispose();
        }

        context.Synchronize();
        AssertNothingIsLeft(driver);
    }

    [SkippableFact]
    public void The_finalizer_frees_what_was_forgotten()
    {
        using var driver = new FakeDriver();
        Forget(driver.Context);
        // Memory keeps its stream alive, so the stream is finalized one collection later.
        for (var round = 0; round < 3; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        driver.Context.Synchronize();
        AssertNothingIsLeft(driver);
    }

    [SkippableFact]
    public void A_disposed_object_says_so()
    {
        using var driver = new FakeDriver();
        var stream = CudaStream.Create(driver.Context);
        var memory = driver.Context.Allocator.Allocate(1, stream);
        memory.Dispose();
        stream.Dispose();
        Should.Throw<ObjectDisposedException>(() => memory.Address);
        Should.Throw<ObjectDisposedException>(stream.Synchronize);
        Should.Throw<ObjectDisposedException>(() => driver.Context.Allocator.Allocate(1, stream));
        driver.Context.Allocator.LiveRanges.ShouldBe(0);
    }

    private static void AssertNothingIsLeft(FakeDriver driver)
    {
        driver.Context.Allocator.Trim();
        driver.Context.Allocator.LiveRanges.ShouldBe(0);
        driver.Context.Allocator.BytesInUse.ShouldBe(0);
        foreach (var kind in new[] { "memory", "pinned", "streams", "events" }) driver.Live(kind).ShouldBe(0, kind);
        driver.Live("retains").ShouldBe(1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(CudaContext context)
    {
        var stream = CudaStream.Create(context);
        _ = context.Allocator.Allocate(100, stream);
        _ = PinnedMemory.Allocate(context, 100);
        _ = CudaEvent.Create(context);
    }
}
