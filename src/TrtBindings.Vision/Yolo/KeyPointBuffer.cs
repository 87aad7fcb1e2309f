using TrtBindings.Vision.Geometry;

namespace TrtBindings.Vision;

/// <summary>
/// Memory for key points that calls use again instead of allocating. The points of one call are valid until the buffer is given
/// to another: then they become other points. One buffer is for one call at a time.
/// </summary>
public sealed class KeyPointBuffer : IResultMemory
{
    private KeyPoint[] _points = [];
    private int _used;

    void IResultMemory.Reset() => Reset();

    /// <summary>Starts another call.</summary>
    internal void Reset() => _used = 0;

    /// <summary>Room for more points of the same call, of any content.</summary>
    internal Memory<KeyPoint> Rent(int count)
    {
        // Points of this call that lie in the memory before stay there.
        if (_points.Length - _used < count) _points = new KeyPoint[Math.Max(_used + count, 2 * _points.Length)];
        _used += count;
        return _points.AsMemory(_used - count, count);
    }
}
