using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrtBindings.Interop.Cuda;
using TrtBindings.Tests.Interop.Cuda;

namespace TrtBindings.Tests.Gpu;

/// <summary>Launches, copies and events on a stream, and what is refused before the driver sees it.</summary>
[Trait("Category", "Slow")]
public sealed unsafe class GpuQueueTests : IDisposable
{
    private readonly FakeDriver _driver = new();
    private readonly CudaStream _stream;
    private readonly GpuQueue _queue;
    private readonly GpuModule _module;
    private readonly PinnedBuffer _seen;

    public GpuQueueTests()
    {
        _stream = CudaStream.Create(_driver.Context);
        _queue = new(_stream);
        _driver.RegisterKernel("see", (nint)(delegate* unmanaged<void**, uint*, uint*, void>)&See, [8, 4, 8, 4, 2]);
        _driver.RegisterKernel("one", (nint)(delegate* unmanaged<void**, uint*, uint*, void>)&One, [16]);
        _driver.RegisterKernel("none", (nint)(delegate* unmanaged<void**, uint*, uint*, void>)&None, []);
        _module = GpuModule.Load(_driver.Context, ".version 6.3 .entry see() .entry one() .entry none() "u8);
        _seen = PinnedBuffer.Allocate(_driver.Context, 64);
        _seen.Span.Clear();
    }

    [SkippableFact]
    public void A_kernel_gets_each_parameter_and_the_launch_allocates_nothing()
    {
        var see = _module.Kernel("see");
        Launch();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Launch();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        _stream.Synchronize();
        MemoryMarshal.Cast<byte, double>(_seen.Span)[..4].ToArray().ShouldBe([-7, 1L << 40, 1.5, 65535]);
        _queue.Launch(_module.Kernel("none"), 1, 1);

        void Launch() => _queue.Launch(see, 2, 64, _seen.Address, -7, 1L << 40, 1.5f, GpuArgument.Of((ushort)65535));
    }

    [SkippableFact]
    public void Parameters_that_the_kernel_does_not_take_are_refused_by_name()
    {
        var see = _module.Kernel("see");
        Should.Throw<ArgumentException>(() => _queue.Launch(see, 1, 1, _seen.Address, 1)).Message
            .ShouldBe("Kernel 'see' takes 5 parameters, not 2.");
        Should.Throw<ArgumentException>(() => _queue.Launch(see, 1, 1, _seen.Address, 1, 2, 3f, GpuArgument.Of((ushort)1)))
            .Message.ShouldStartWith("Parameter 2 of kernel 'see' has 8 bytes, not 4.");
        Should.Throw<ArgumentException>(() => _queue.Launch(_module.Kernel("one"), 1, 1, (1, 2))).Message
            .ShouldStartWith("Parameter 0 of kernel 'one' has 16 bytes, not 8.");
        Should.Throw<ArgumentException>(() => GpuArgument.Of(default(Int128))).Message.ShouldContain("more than 8 bytes");
        Should.Throw<ArgumentNullException>(() => _queue.Launch(null!, 1, 1));
        _driver.Calls("cuLaunchKernel").ShouldBe(0);
    }

    [SkippableFact]
    public void Blocks_and_threads_are_checked_with_words()
    {
        var none = _module.Kernel("none");
        Should.Throw<ArgumentOutOfRangeException>(() => _queue.Launch(none, 0, 1)).Message.ShouldContain("at least 1");
        Should.Throw<ArgumentOutOfRangeException>(() => _queue.Launch(none, 1, new GpuGrid(1, -1)));
        Should.Throw<ArgumentOutOfRangeException>(() => GpuGrid.Blocks(10, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => GpuGrid.Blocks(-10, 4));
        Should.Throw<CudaException>(() => _queue.Launch(none, 1, new GpuGrid(64, 32))).Message
            .ShouldContain("'none' was launched with 1 x 1 x 1 blocks of 64 x 32 x 1 threads");
    }

    [SkippableFact]
    public void A_block_has_as_much_shared_memory_as_the_kernel_was_given()
    {
        var none = _module.Kernel("none");
        _queue.Launch(none.WithSharedMemory(48 << 10), 1, 1);
        _driver.Calls("cuFuncSetAttribute").ShouldBe(0);
        var much = none.WithSharedMemory(99 << 10);
        (much.SharedBytes, much.Name).ShouldBe((99 << 10, "none"));
        _queue.Launch(much, 1, 1);
        Should.Throw<CudaException>(() => none.WithSharedMemory(200 << 10)).Message
            .ShouldContain("A block of 'none' cannot have 204800 bytes of shared memory");
        Should.Throw<ArgumentOutOfRangeException>(() => none.WithSharedMemory(-1));
    }

    [SkippableFact]
    public void Copies_and_fills_check_what_they_can()
    {
        using var memory = DeviceBuffer.Over(_driver.Context.Allocator.Allocate(64));
        _queue.Fill(memory.Address, 7, 64);
        _queue.Copy(memory.Address + 32, memory.Address, 32);
        _queue.Download(_seen.Address, memory.Address, 64);
        _stream.Synchronize();
        _seen.Span.ToArray().ShouldAllBe(value => value == 7);
        _queue.Upload(0, 0, 0);
        Should.Throw<ArgumentOutOfRangeException>(() => _queue.Upload(memory.Address, 0, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => _queue.Download(0, memory.Address, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => _queue.Copy(memory.Address, memory.Address, -1));
        Should.Throw<ArgumentOutOfRangeException>(() => _queue.Fill(0, 1, 1));
    }

    [SkippableFact]
    public void Rows_are_uploaded_with_a_pitch_on_each_side()
    {
        using var memory = DeviceBuffer.Over(_driver.Context.Allocator.Allocate(64));
        using var rows = PinnedBuffer.Allocate(_driver.Context, 30);
        for (var i = 0; i < rows.Span.Length; i++) rows.Span[i] = (byte)(i + 1);
        _queue.Fill(memory.Address, 0, 64);
        _queue.UploadRows(memory.Address + 2, 16, rows.Address, 10, 4, 3);
        _queue.Download(_seen.Address, memory.Address, 64);
        _stream.Synchronize();
        var wanted = new byte[64];
        for (var row = 0; row < 3; row++) rows.Span.Slice(10 * row, 4).CopyTo(wanted.AsSpan(2 + (16 * row)));
        _seen.Span.ToArray().ShouldBe(wanted);

        var pieces = _queue.Count;
        _queue.UploadRows(0, 0, 0, 0, 4, 0);
        _queue.UploadRows(memory.Address, 0, rows.Address, 0, 0, 3);
        Should.Throw<ArgumentOutOfRangeException>(() => _queue.UploadRows(memory.Address, 3, rows.Address, 4, 4, 1))
            .ParamName.ShouldBe("destinationPitch");
        Should.Throw<ArgumentOutOfRangeException>(() => _queue.UploadRows(memory.Address, 4, rows.Address, 3, 4, 1))
            .ParamName.ShouldBe("sourcePitch");
        Should.Throw<ArgumentOutOfRangeException>(() => _queue.UploadRows(0, 4, rows.Address, 4, 4, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => _queue.UploadRows(memory.Address, 4, 0, 4, 4, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => _queue.UploadRows(memory.Address, 4, rows.Address, 4, 4, -1));
        Should.Throw<ArgumentOutOfRangeException>(() => _queue.UploadRows(memory.Address, 4, rows.Address, 4, -1, 1))
            .ParamName.ShouldBe("byteLength");
        _queue.Count.ShouldBe(pieces);
    }

    [SkippableFact]
    public void One_stream_waits_for_an_event_of_another_and_a_thread_can_too()
    {
        using var memory = DeviceBuffer.Over(_driver.Context.Allocator.Allocate(64));
        using var side = CudaStream.Create(_driver.Context);
        var other = new GpuQueue(side);
        using var start = GpuEvent.Create(_driver.Context, timed: true);
        using var end = GpuEvent.Create(_driver.Context, timed: true);
        end.IsReached.ShouldBeTrue("it was never recorded");
        _driver.Set("delay_us", 2000);
        _driver.Hold(true);
        _queue.Record(start);
        _queue.Fill(memory.Address, 9, 64);
        _queue.Record(end);
        end.IsReached.ShouldBeFalse();
        // As another library would see it.
        using (var wrapped = GpuEvent.Wrap(_driver.Context, end.Handle)) other.WaitFor(wrapped);
        other.Download(_seen.Address, memory.Address, 64);
        _driver.Hold(false);
        side.Synchronize();
        _seen.Span.ToArray().ShouldAllBe(value => value == 9);
        end.Wait();
        end.IsReached.ShouldBeTrue();
        end.ElapsedSince(start).ShouldBe(TimeSpan.FromMilliseconds(4));
        Should.Throw<ArgumentOutOfRangeException>(() => GpuEvent.Wrap(0));
        Should.Throw<CudaException>(() => GpuEvent.Wrap(_driver.Context, 12345)).ErrorName.ShouldBe("CUDA_ERROR_INVALID_HANDLE");
    }

    [SkippableFact]
    public void A_graph_records_and_waits_for_events_in_each_launch()
    {
        using var memory = DeviceBuffer.Over(_driver.Context.Allocator.Allocate(64));
        using var ready = GpuEvent.Create(_driver.Context);
        using var done = GpuEvent.Create(_driver.Context, timed: true);
        using var side = CudaStream.Create(_driver.Context);
        var producer = new GpuQueue(side);
        using var graph = CudaGraph.Capture(_stream, () =>
        {
            _queue.IsRecording.ShouldBeTrue();
            _queue.WaitFor(ready);
            _queue.Download(_seen.Address, memory.Address, 64);
            _queue.Record(done);
        });
        (graph.NodeCount, _queue.Count).ShouldBe((3, 3));
        using var exec = graph.Instantiate();
        for (byte round = 1; round <= 3; round++)
        {
            _driver.Hold(true);
            producer.Fill(memory.Address, round, 64);
            producer.Record(ready);
            exec.Launch(_stream);
            _driver.Hold(false);
            _stream.Synchronize();
            _seen.Span.ToArray().ShouldAllBe(value => value == round);
        }
    }

    [SkippableFact]
    public void Only_a_stream_that_does_not_wait_for_the_default_stream_is_taken()
    {
        nint blocking;
        using var scope = _driver.Context.Enter();
        _driver.Context.Api.StreamCreateWithPriority(&blocking, 0, 0).ShouldBe(CudaResult.Success);
        var raw = blocking;
        Should.Throw<CudaException>(() => CudaStream.Wrap(_driver.Context, raw)).Message
            .ShouldContain("cudaStreamCreateWithFlags (cudaStreamNonBlocking)");
        CudaStream.Wrap(_driver.Context, _stream.Raw).IsForeign.ShouldBeTrue();
        _driver.Context.Api.StreamDestroy(blocking).ShouldBe(CudaResult.Success);
    }

    public void Dispose()
    {
        _seen.Dispose();
        _module.Dispose();
        _stream.Dispose();
        _driver.Dispose();
    }

    [UnmanagedCallersOnly]
    private static void See(void** parameters, uint* grid, uint* block)
    {
        var to = *(double**)parameters[0];
        (to[0], to[1], to[2]) = (*(int*)parameters[1], *(long*)parameters[2], *(float*)parameters[3]);
        to[3] = Unsafe.Read<ushort>(parameters[4]);
    }

    [UnmanagedCallersOnly]
    private static void One(void** parameters, uint* grid, uint* block)
    {
    }

    [UnmanagedCallersOnly]
    private static void None(void** parameters, uint* grid, uint* block)
    {
    }
}
