namespace TrtBindings.Tests.ModelFiles;

/// <summary>A stream of some bytes followed by any number of zeros, which take no memory.</summary>
internal sealed class HoleStream(byte[] head, long hole) : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => head.Length + hole;
    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = (int)Math.Min(count, Length - Position);
        for (var i = 0; i < read; i++, Position++)
            buffer[offset + i] = Position < head.Length ? head[Position] : (byte)0;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => origin == SeekOrigin.Begin
        ? Position = offset
        : throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
