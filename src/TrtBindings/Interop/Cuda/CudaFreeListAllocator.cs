namespace TrtBindings.Interop.Cuda;

/// <summary>
/// Device memory for devices without pools: freed ranges are kept with an event that says when their stream is through
/// with them, and the stream that gets one next waits for that event.
/// </summary>
internal sealed unsafe class CudaFreeListAllocator(CudaContext context) : CudaAllocator(context)
{
    private const nint Small = 1 << 20;

    // CU_EVENT_DISABLE_TIMING.
    private const uint DisableTiming = 2;

    private readonly Lock _gate = new();
    private readonly List<Kept> _kept = [];
    private readonly Dictionary<nint, nint> _blocks = [];
    private readonly Stack<nint> _events = [];
    private long _reserved;

    public override long BytesReserved => Interlocked.Read(ref _reserved);

    protected override nint Take(nint size, nint stream, nint asked)
    {
        if (Reuse(size, stream) is var kept and not 0) return kept;
        // Coarse sizes for large ranges, so that a batch which is a little larger than the last one fits as well.
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
            var done = RecordOn(stream);
            // No event means that the device was waited for instead.
            if (done == 0) Context.Note(Context.Api.CtxSynchronize(), "cuCtxSynchronize");
            _kept.Add(new(address, _blocks[address], stream, done));
        }
    }

    protected override CudaResult ReleaseKept()
    {
        var result = Context.Api.CtxSynchronize();
        if (result != CudaResult.Success) return result;
        lock (_gate)
        {
            foreach (var block in _kept)
            {
                if (block.Done != 0) _events.Push(block.Done);
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

    /// <summary>The smallest kept range that is large enough and not wasteful; of equal ones that of the same stream.</summary>
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
            if (taken.Done != 0)
            {
                // Also where the stream has the same handle: it may be a new one in the old one's place.
                Context.Check(Context.Api.StreamWaitEvent(stream, taken.Done, 0), "cuStreamWaitEvent");
                _events.Push(taken.Done);
            }

            _kept.RemoveAt(best);
            return taken.Address;
        }
    }

    /// <summary>An event after everything on the stream; 0 where that cannot be.</summary>
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

    private readonly record struct Kept(nint Address, nint Size, nint Stream, nint Done);
}
