using System.Collections.Concurrent;
using TrtBindings.Interop.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT.Fake;

/// <summary>Addresses without memory. Each is returned once and must be freed on the stream that it was allocated for.</summary>
internal sealed class CountedMemory : ITrtGpuMemory
{
    private readonly ConcurrentDictionary<nint, nint> _live = [];
    private long _next = 1;
    private long _bytes;

    public int Live => _live.Count;

    public long Bytes => Volatile.Read(ref _bytes);

    public ConcurrentDictionary<nint, bool> Streams { get; } = [];

    public nint Allocate(ulong bytes, ulong alignment, nint stream)
    {
        Interlocked.Add(ref _bytes, (long)bytes);
        Streams[stream] = true;
        var address = (nint)(Interlocked.Increment(ref _next) * (long)alignment);
        _live[address] = stream;
        return address;
    }

    public bool Free(nint address, nint stream) => _live.TryRemove(new KeyValuePair<nint, nint>(address, stream));
}
