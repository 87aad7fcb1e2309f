using TrtBindings.Interop.Cuda;

namespace TrtBindings.Tests.Interop.Cuda;

/// <summary>Capture and launch of graphs, and recovery after a failed capture.</summary>
[Trait("Category", "Slow")]
public sealed unsafe class CudaGraphTests
{
    [SkippableFact]
    public void A_graph_does_nothing_when_it_is_recorded_and_its_work_each_time_it_is_launched()
    {
        using var driver = new FakeDriver();
        using var stream = CudaStream.Create(driver.Context);
        using var memory = driver.Context.Allocator.Allocate(256, stream);
        using var source = PinnedMemory.Allocate(driver.Context, 256);
        using var result = PinnedMemory.Allocate(driver.Context, 256);
        result.Span.Clear();
        var graph = CudaGraph.Capture(stream, () =>
        {
            stream.CopyToDevice(memory.Address, (void*)source.Address, 256);
            stream.CopyToHost((void*)result.Address, memory.Address, 256);
        });
        stream.Synchronize();
        result.Span.ToArray().ShouldAllBe(value => value == 0);
        using (var exec = graph.Instantiate())
        {
            graph.Dispose();
            for (byte value = 1; value <= 3; value++)
            {
                source.Span.Fill(value);
                exec.Launch(stream);
                stream.Synchronize();
                result.Span.ToArray().ShouldAllBe(each => each == value);
            }
        }

        (driver.Live("graphs"), driver.Live("execs")).ShouldBe((0, 0));
    }

    [SkippableFact]
    public void A_recording_is_ended_although_the_action_throws()
    {
        using var driver = new FakeDriver();
        using var stream = CudaStream.Create(driver.Context);
        using var memory = driver.Context.Allocator.Allocate(256, stream);
        Should.Throw<FormatException>(() => CudaGraph.Capture(stream, () =>
        {
            stream.Fill(memory.Address, 1, 256);
            throw new FormatException();
        }));
        AssertUsable(driver, stream, memory);
    }

    [SkippableFact]
    public void Work_that_cannot_be_recorded_is_a_typed_error_and_the_next_plain_run_is_right()
    {
        using var driver = new FakeDriver();
        using var stream = CudaStream.Create(driver.Context);
        using var memory = driver.Context.Allocator.Allocate(256, stream);
        var waits = Should.Throw<CudaException>(() => CudaGraph.Capture(stream, stream.Synchronize));
        waits.ErrorName.ShouldBe("CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED");
        AssertUsable(driver, stream, memory);

        // An error that a library ignored during the capture is reported when the capture ends.
        var ends = Should.Throw<CudaException>(() => CudaGraph.Capture(stream, () => Record.Exception(stream.Synchronize)));
        (ends.ErrorName, ends.Function).ShouldBe(("CUDA_ERROR_STREAM_CAPTURE_INVALIDATED", "cuStreamEndCapture"));
        AssertUsable(driver, stream, memory);
    }

    [SkippableFact]
    public void Nothing_is_allocated_while_a_stream_is_recorded_and_what_is_freed_then_is_freed_later()
    {
        using var driver = new FakeDriver();
        using var stream = CudaStream.Create(driver.Context);
        using var memory = driver.Context.Allocator.Allocate(256, stream);
        var dropped = driver.Context.Allocator.Allocate(512, stream);
        using (CudaGraph.Capture(stream, () =>
               {
                   stream.Fill(memory.Address, 1, 256);
                   dropped.Dispose();
                   Should.Throw<CudaException>(() => driver.Context.Allocator.Allocate(1, stream))
                       .ErrorName.ShouldBe("CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED");
               }))
        {
            driver.Context.Allocator.LiveRanges.ShouldBe(2);
            driver.Context.Allocator.Trim();
            driver.Context.Allocator.LiveRanges.ShouldBe(1);
        }

        AssertUsable(driver, stream, memory);
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_driver_refuses_memory_to_the_thread_that_captures_in_every_mode(int mode)
    {
        using var driver = new FakeDriver();
        using var stream = CudaStream.Create(driver.Context);
        using var scope = driver.Context.Enter();
        var api = driver.Context.Api;
        api.StreamBeginCapture(stream.Raw, mode).ShouldBe(CudaResult.Success);
        nint address, graph;
        void* host;
        api.MemAlloc(&address, 64).ShouldBe(CudaResult.StreamCaptureUnsupported);
        api.MemHostAlloc(&host, 64, 0).ShouldBe(CudaResult.StreamCaptureUnsupported);
        api.StreamEndCapture(stream.Raw, &graph).ShouldBe(CudaResult.StreamCaptureInvalidated);
        api.MemAlloc(&address, 64).ShouldBe(CudaResult.Success);
        api.MemFree(address).ShouldBe(CudaResult.Success);
    }

    [SkippableFact]
    public void Work_on_other_threads_goes_on_during_a_recording()
    {
        using var driver = new FakeDriver();
        driver.Set("pools", 0);
        using var stream = CudaStream.Create(driver.Context);
        using var other = CudaStream.Create(driver.Context);
        using var memory = driver.Context.Allocator.Allocate(256, stream);
        using var graph = CudaGraph.Capture(stream, () =>
        {
            stream.Fill(memory.Address, 1, 256);
            var beside = Task.Run(() =>
            {
                using var more = driver.Context.Allocator.Allocate(5_000_000, other);
                other.Fill(more.Address, 2, 256);
                other.Synchronize();
            });
            beside.Wait(TimeSpan.FromSeconds(10)).ShouldBeTrue();
        });
        using var exec = graph.Instantiate();
        exec.Launch(stream);
        stream.Synchronize();
    }

    [SkippableFact]
    public void Work_that_forks_to_a_second_stream_and_joins_is_recorded_as_one()
    {
        using var driver = new FakeDriver();
        using var stream = CudaStream.Create(driver.Context);
        using var side = CudaStream.Create(driver.Context);
        using var fork = CudaEvent.Create(driver.Context);
        using var join = CudaEvent.Create(driver.Context);
        using var memory = driver.Context.Allocator.Allocate(256, stream);
        using var result = PinnedMemory.Allocate(driver.Context, 256);
        using var graph = CudaGraph.Capture(stream, () =>
        {
            fork.Record(stream);
            side.WaitFor(fork);
            side.Fill(memory.Address, 5, 256);
            join.Record(side);
            stream.WaitFor(join);
            stream.CopyToHost((void*)result.Address, memory.Address, 256);
        });
        using var exec = graph.Instantiate();
        exec.Launch(stream);
        stream.Synchronize();
        result.Span.ToArray().ShouldAllBe(value => value == 5);
        side.IsIdle().ShouldBeTrue();
    }

    private static void AssertUsable(FakeDriver driver, CudaStream stream, DeviceMemory memory)
    {
        stream.IsCapturing.ShouldBeFalse();
        var got = stackalloc byte[256];
        stream.Fill(memory.Address, 42, 256);
        stream.CopyToHost(got, memory.Address, 256);
        stream.Synchronize();
        new ReadOnlySpan<byte>(got, 256).IndexOfAnyExcept((byte)42).ShouldBe(-1);
        driver.Live("graphs").ShouldBe(0);
    }
}
