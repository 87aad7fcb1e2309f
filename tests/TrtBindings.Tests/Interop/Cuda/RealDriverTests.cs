using TrtBindings.Interop.Cuda;

namespace TrtBindings.Tests.Interop.Cuda;

/// <summary>The same calls on the driver of this machine. Skipped if there is none.</summary>
public sealed unsafe class RealDriverTests
{
    private const string AddOne = """
        .version 7.0
        .target sm_52
        .address_size 64
        .visible .entry add_one(.param .u64 data, .param .u32 count)
        {
            .reg .pred %p; .reg .b32 %r<6>; .reg .b64 %d<4>;
            ld.param.u64 %d1, [data];
            ld.param.u32 %r1, [count];
            mov.u32 %r2, %ctaid.x; mov.u32 %r3, %ntid.x; mov.u32 %r4, %tid.x;
            mad.lo.s32 %r2, %r2, %r3, %r4;
            setp.ge.u32 %p, %r2, %r1;
            @%p bra DONE;
            cvta.to.global.u64 %d1, %d1;
            mul.wide.u32 %d2, %r2, 4;
            add.s64 %d2, %d1, %d2;
            ld.global.u32 %r5, [%d2];
            add.u32 %r5, %r5, 1;
            st.global.u32 [%d2], %r5;
        DONE:
            ret;
        }
        """;

    [SkippableFact]
    public void Bytes_go_up_and_down_and_a_kernel_and_a_graph_run()
    {
        var context = Context();
        const int Count = 10_000;
        using var stream = CudaStream.Create(context);
        using var memory = context.Allocator.Allocate(Count * sizeof(uint), stream);
        using var host = PinnedMemory.Allocate(context, Count * sizeof(uint));
        using var module = CudaModule.Load(context, System.Text.Encoding.ASCII.GetBytes(AddOne));
        var kernel = module.Function("add_one");
        var called = 0;
        using var callback = new CudaHostCallback(() => called++);
        (memory.Address % CudaAllocator.Alignment).ShouldBe(0);
        stream.Fill(memory.Address, 0, memory.ByteLength);
        Queue();
        using (var graph = CudaGraph.Capture(stream, Queue))
        using (var exec = graph.Instantiate())
        {
            exec.Launch(stream);
            exec.Launch(stream);
        }

        stream.CopyToHost((void*)host.Address, memory.Address, memory.ByteLength);
        callback.EnqueueOn(stream);
        stream.Synchronize();
        new ReadOnlySpan<uint>((void*)host.Address, Count).IndexOfAnyExcept(3u).ShouldBe(-1);
        called.ShouldBe(1);

        void Queue()
        {
            var (address, count) = (memory.Address, (uint)Count);
            var arguments = stackalloc void*[] { &address, &count };
            kernel.Launch(stream, ((Count + 255) / 256, 1, 1), (256, 1, 1), arguments);
        }
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Freed_memory_is_used_again_on_any_stream(bool pools)
    {
        var context = Context();
        Skip.If(pools && !context.Device.HasMemoryPools, "This device has no memory pools.");
        CudaAllocator allocator = pools ? CudaPoolAllocator.Open(context) : new CudaFreeListAllocator(context);
        using var first = CudaStream.Create(context);
        using var second = CudaStream.Create(context);
        using var host = PinnedMemory.Allocate(context, 3_000_000);
        for (var round = 0; round < 200; round++)
        {
            var stream = round % 2 == 0 ? first : second;
            using var memory = allocator.Allocate(3_000_000, stream);
            stream.Fill(memory.Address, (byte)round, memory.ByteLength);
            stream.CopyToHost((void*)host.Address, memory.Address, memory.ByteLength);
            stream.Synchronize();
            host.Span.IndexOfAnyExcept((byte)round).ShouldBe(-1);
        }

        allocator.BytesInUse.ShouldBe(0);
        allocator.BytesReserved.ShouldBeGreaterThan(0);
        allocator.Trim();
        allocator.BytesReserved.ShouldBe(0);
    }

    [SkippableFact]
    public void Too_much_memory_is_refused_and_the_device_goes_on()
    {
        var context = Context();
        using var stream = CudaStream.Create(context);
        var error = Should.Throw<DeviceMemoryException>(() => context.Allocator.Allocate((nint)1 << 50, stream));
        error.FreeBytes.ShouldBeInRange(1, error.TotalBytes);
        using var memory = context.Allocator.Allocate(1000, stream);
        stream.Fill(memory.Address, 1, 1000);
        stream.Synchronize();
    }

    [SkippableFact]
    public void A_recording_that_waits_fails_and_the_stream_is_as_before()
    {
        var context = Context();
        using var stream = CudaStream.Create(context);
        using var memory = context.Allocator.Allocate(1000, stream);
        Should.Throw<CudaException>(() => CudaGraph.Capture(stream, stream.Synchronize)).ErrorCode.ShouldBe(900);
        stream.Fill(memory.Address, 1, 1000);
        stream.Synchronize();
    }

    [SkippableFact]
    public void A_stream_made_elsewhere_is_accepted_and_broken_PTX_is_explained()
    {
        var context = Context();
        using var made = CudaStream.Create(context);
        using (var wrapped = CudaStream.Wrap(context, made.Raw)) wrapped.Synchronize();
        made.Synchronize();
        var error = Should.Throw<CudaException>(() => CudaModule.Load(context, ".version 7.0\n.target sm_52\nnonsense"u8));
        error.ErrorName.ShouldBe("CUDA_ERROR_INVALID_PTX");
        error.Text.ShouldContain("ptxas");
    }

    private static CudaContext Context()
    {
        try
        {
            return CudaContext.Of(CudaLibrary.Load().DeviceAt(0));
        }
        catch (TrtBindingsException e) when (e is NativeLibraryException or CudaException)
        {
            throw new SkipException(e.Message);
        }
    }
}
