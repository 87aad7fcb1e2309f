namespace TrtBindings.TestSupport;

/// <summary>Counts the reads of another stream.</summary>
public sealed class CountingStream(Stream inner) : PassThroughStream(inner)
{
    /// <summary>Bytes that callers asked for, even if fewer were there.</summary>
    public long BytesAsked { get; private set; }

    /// <summary>Number of reads.</summary>
    public int Reads { get; private set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        BytesAsked += count;
        Reads++;
        return base.Read(buffer, offset, count);
    }
}
