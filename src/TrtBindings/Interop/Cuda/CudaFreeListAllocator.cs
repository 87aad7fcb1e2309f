namespace TrtBindings.Interop.Cuda;

/// <summary>
/// Allocator for devices without memory pools, on top of
/// <see href="https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__MEM.html">cuMemAlloc</see>. It keeps freed ranges, each
/// with an event that marks when its stream no longer uses it. The next stream that gets the range waits for that event.
/// </summary>
internal sealed unsafe class CudaFreeListAllocator(CudaContext context) : CudaAllocator(context)
{
    private const nint Small = 1 << 20;

    // CU_EVENT_DISABLE_TIMING.
    private const uint DisableTiming = 2;

    private readonly Lock _gate = new();
    private readonly List<FreeBlock> _kept = [];
    private readonly Dictionary<nint, nint> _blocks = [];
    private readonly Stack<nint> _events = [];
    private long _reserved;

    public override long BytesReserved => Interlocked.Read(ref _reserved);

    protected override nint Take(nint size, nint stream, nint asked)
    {
        if (Reuse(size, stream) is var kept and not 0) return kept;
        // Large ranges are rounded up, so that a slightly larger batch fits into the same range.
        var block = size < Small ? size : checked((size + Small - 1) / Small * Small);
        nint address;
        var result = Context.Api.MemAlloc(&address, (nuint)block);
        if (result == CudaResult.OutOfMemory && ReleaseKept() == CudaResult.Success)
            result = Context.Api.MemAlloc(&address, (nuint)block);
        if (result != CudaResult.Success) throw Context.AllocationError(result, "cuMemAlloc", asked);
        lock (_gate) _blocks[address] = block;
        Interlocked.Add(ref _reserved, block);
        return address;
    }

    protected override void Give(nint address, nint size, nint stream)
    {
        lock (_gate)
        {
            if (RecordOn(stream) is var done and not 0)
            {
                _kept.Add(new(address, _blocks[address], stream, done));
                return;
            }

            // Without an event nobody knows when the memory is free again, but cuMemFree waits for that itself.
            if (!_blocks.Remove(address, out var block)) return;
            Interlocked.Add(ref _reserved, -block);
            Context.Note(Context.Api.MemFree(address), "cuMemFree");
        }
    }

    protected override CudaResult ReleaseKept()
    {
        var result = CudaResult.Success;
        lock (_gate)
        {
            foreach (var block in _kept)
            {
                _events.Push(block.Done);
                _blocks.Remove(block.Address);
                Interlocked.Add(ref _reserved, -block.Size);
                var freed = Context.Api.MemFree(block.Address);
                if (freed != CudaResult.Success) result = freed;
            }

            _kept.Clear();
            while (_events.TryPop(out var spare)) _ = Context.Api.EventDestroy(spare);
        }

        return result;
    }

    /// <summary>
    /// Takes the smallest kept range that is large enough and wastes little; among equal ones, one of the same stream.
    /// </summary>
    private nint Reuse(nint size, nint stream)
    {
        lock (_gate)
        {
            var best = -1;
            for (var index = 0; index < _kept.Count; index++)
            {
                var block = _kept[index];
                if (block.Size < size || block.Size > size + size / 4 + Alignment) continue;
                if (best < 0 || block.Size < _kept[best].Size
                    || (block.Size == _kept[best].Size && block.Stream == stream && _kept[best].Stream != stream))
                    best = index;
            }

            if (best < 0) return 0;
            var taken = _kept[best];
            // Also if the handle is the same: it can be a new stream that got the handle of a destroyed one.
            Context.Check(Context.Api.StreamWaitEvent(stream, taken.Done, 0), "cuStreamWaitEvent");
            _events.Push(taken.Done);
            _kept.RemoveAt(best);
            return taken.Address;
        }
    }

    /// <summary>Records an event after all work on the stream; returns 0 if that is not possible.</summary>
    private nint RecordOn(nint stream)
    {
        if (stream == 0) return 0;
        if (!_events.TryPop(out var done))
        {
            nint made;
            if (Context.Api.EventCreate(&made, DisableTiming) != CudaResult.Success) return 0;
            done = made;
        }

        if (Context.Api.EventRecord(done, stream) == CudaResult.Success) return done;
        _events.Push(done);
        return 0;
    }

    private readonly record struct FreeBlock(nint Address, nint Size, nint Stream, nint Done);
}
