using TrtBindings.Vision.Geometry;

namespace TrtBindings.Vision;

/// <summary>
/// Memory for masks that calls use again instead of allocating. The masks of one call are valid until the buffer is given to
/// another: then the same objects become other masks. One buffer is for one call at a time.
/// </summary>
public sealed class MaskBuffer : IResultMemory
{
    private readonly List<Mask> _masks = [];
    private readonly List<byte[]> _bits = [];
    private int _used;

    void IResultMemory.Reset() => Reset();

    /// <summary>Starts another call.</summary>
    internal void Reset() => _used = 0;

    /// <summary>Room for the bits of the next mask, of any content.</summary>
    internal byte[] Rent(int bytes)
    {
        if (_used == _bits.Count) _bits.Add([]);
        if (_bits[_used].Length < bytes) _bits[_used] = new byte[Math.Max(bytes, 2 * _bits[_used].Length)];
        return _bits[_used];
    }

    /// <summary>The next mask, over what <see cref="Rent"/> gave.</summary>
    internal Mask Add(int frameWidth, int frameHeight, PixelRegion region)
    {
        if (_used == _masks.Count) _masks.Add(new(0, 0, default, []));
        var mask = _masks[_used];
        mask.Become(frameWidth, frameHeight, region, _bits[_used++]);
        return mask;
    }
}
