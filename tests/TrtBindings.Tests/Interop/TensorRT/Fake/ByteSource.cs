using TrtBindings.Interop.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT.Fake;

/// <summary>A stream over bytes in host memory.</summary>
internal sealed class ByteSource(byte[] bytes) : ITrtStreamSource
{
    private long _place;

    /// <summary>Where reading breaks off with an exception.</summary>
    public long Breaks { get; set; } = long.MaxValue;

    public unsafe long Read(nint destination, long count, nint stream)
    {
        if (_place >= Breaks) throw new EndOfStreamException("the source broke off");
        var part = bytes.AsSpan((int)_place)[..(int)Math.Min(count, bytes.Length - _place)];
        part.CopyTo(new Span<byte>((void*)destination, (int)count));
        _place += part.Length;
        return part.Length;
    }

    public bool Seek(long offset, TrtSeekOrigin origin)
    {
        var place = offset + (origin == TrtSeekOrigin.Begin ? 0 : origin == TrtSeekOrigin.Current ? _place : bytes.Length);
        if (place < 0 || place > bytes.Length) return false;
        _place = place;
        return true;
    }
}
