namespace TrtBindings.Vision;

/// <summary>Memory for the masks of one call, used again by the next call that it is passed to.</summary>
public sealed class MaskBuffer : ResultBuffer
{
    private readonly List<Mask> _masks = [];
    private readonly List<byte[]> _bits = [];
    private int _used;

    internal override void Reset() => _used = 0;

    /// <summary>Room for the bits of the next mask; its content is undefined.</summary>
    internal byte[] Rent(int bytes)
    {
        if (_used == _bits.Count) _bits.Add([]);
        if (_bits[_used].Length < bytes) _bits[_used] = new byte[Math.Max(bytes, 2 * _bits[_used].Length)];
        return _bits[_used];
    }

    /// <summary>The next mask, with the bits of the last <see cref="Rent"/>.</summary>
    internal Mask Add(int frameWidth, int frameHeight, PixelRegion region)
    {
        var mask = Next();
        mask.Become(frameWidth, frameHeight, region, _bits[_used++]);
        return mask;
    }

    /// <summary>The same with a known number of pixels that are set.</summary>
    internal Mask Add(int frameWidth, int frameHeight, PixelRegion region, int area)
    {
        var mask = Next();
        mask.Become(frameWidth, frameHeight, region, _bits[_used++], area);
        return mask;
    }

    private Mask Next()
    {
        if (_used == _masks.Count) _masks.Add(new(0, 0, default, []));
        return _masks[_used];
    }
}
