using System.Globalization;

namespace TrtBindings.ModelFiles.Onnx;

/// <summary>
/// Reads protobuf fields from a seekable stream. It seeks over skipped fields without reading them, and checks every length
/// against the enclosing message. The callers know the meaning of the fields.
/// </summary>
internal sealed partial class ProtobufReader
{
    // After a seek, read little (the next header). In a run of small fields, read more.
    private const int ReadAfterSeek = 512;
    private const int LargestRead = 4096;

    private readonly Stream _stream;
    private readonly long _length;
    private readonly byte[] _buffer = new byte[LargestRead];
    private long _bufferStart;
    private int _buffered;
    private int _index;
    private int _readSize;
    private long _streamPosition = -1;

    private long _limit;
    private string _message = "the file";
    private int _depth;
    private uint _tag;
    private long _tagPosition;

    /// <summary>Starts at the first byte of the stream, whatever its position.</summary>
    public ProtobufReader(Stream stream)
    {
        _stream = stream;
        _limit = _length = stream.Length;
    }

    /// <summary>Position in the file, in bytes.</summary>
    public long Position => _bufferStart + _index;

    /// <summary>Position of the last tag.</summary>
    public long TagPosition => _tagPosition;

    /// <summary>
    /// Reads the tag of the next field (field number times 8 plus <see cref="WireType"/>); 0 at the end of the message. Call
    /// <see cref="Enter"/>, <see cref="Skip"/> or a read method next.
    /// </summary>
    public uint ReadTag()
    {
        _tagPosition = Position;
        if (_tagPosition >= _limit) return 0;

        var tag = ReadRawVarint();
        if (tag > uint.MaxValue || tag < 8) throw Error("holds a field with an impossible number", _tagPosition);

        _tag = (uint)tag;
        return _tag;
    }

    /// <summary>Reads the value of a field of wire type 0.</summary>
    public long ReadVarint() => unchecked((long)ReadRawVarint());

    /// <summary>Enters the embedded message whose tag was just read.</summary>
    /// <param name="message">Type of the message, for error messages.</param>
    public ProtobufScope Enter(string message)
    {
        var length = ReadLength();
        if (++_depth > OnnxLimits.Depth)
            throw Error("is nested more than " + Text(OnnxLimits.Depth) + " messages deep", _tagPosition);

        var outer = new ProtobufScope(_limit, _message);
        _limit = Position + length;
        _message = message;
        return outer;
    }

    /// <summary>Skips the rest of the message and returns to the enclosing one.</summary>
    public void Leave(ProtobufScope outer)
    {
        SkipTo(_limit);
        _limit = outer.Limit;
        _message = outer.Message;
        _depth--;
    }

    /// <summary>True if the current message has more bytes.</summary>
    public bool HasMore => Position < _limit;

    /// <summary>True if the current message has so many more bytes.</summary>
    public bool HasBytes(int count) => _limit - Position >= count;

    /// <summary>Reads an integer of some bytes, the lowest first.</summary>
    public ulong ReadLittleEndian(int bytes)
    {
        var value = 0UL;
        for (var i = 0; i < bytes; i++)
        {
            if (_index == _buffered) Fill();
            value |= (ulong)_buffer[_index++] << (8 * i);
        }

        return value;
    }

    /// <summary>Skips the field whose tag was just read.</summary>
    public void Skip()
    {
        switch (_tag & 7)
        {
            case WireType.Varint:
                ReadRawVarint();
                break;
            case WireType.Fixed64:
                SkipTo(Position + Available(8));
                break;
            case WireType.Bytes:
                var length = ReadLength(); // Before Position is read, because it changes it.
                SkipTo(Position + length);
                break;
            case WireType.Fixed32:
                SkipTo(Position + Available(4));
                break;
            default:
                throw Error(
                    "holds a field of wire type " + Text(_tag & 7) + ": the file is damaged or not a model",
                    _tagPosition);
        }
    }

    /// <summary>Counts one more item of a list with a limit.</summary>
    /// <returns><paramref name="known"/> plus one.</returns>
    /// <exception cref="OnnxFormatException">The result is more than <paramref name="most"/>.</exception>
    public int Count(int known, int most, string things) =>
        known < most ? known + 1 : throw Error("holds more than " + Text(most) + " " + things, _tagPosition);

    /// <summary>The exception for a defect in the current message.</summary>
    public OnnxFormatException Error(string problem, long position) => new(_message + " " + problem, position);

    private long ReadLength() => Available(ReadRawVarint());

    private long Available(ulong length)
    {
        var left = _limit - Position;
        if (length > (ulong)left) throw CutShort(length, left);
        return (long)length;
    }

    private OnnxFormatException CutShort(ulong length, long left) => Error(
        "says that field " + Text(_tag >> 3) + " has " + length.ToString(CultureInfo.InvariantCulture)
        + " bytes, but only " + Text(left) + " are left: the file is cut short or damaged",
        _tagPosition);

    private ulong ReadRawVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (Position >= _limit) throw Error("ends inside a number: the file is cut short or damaged", Position);
            if (_index == _buffered) Fill();
            var next = _buffer[_index++];
            if (shift == 63 && next > 1) break;
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw Error("holds a number of more than 64 bits", Position);
    }

    private void SkipTo(long position)
    {
        if (position <= _bufferStart + _buffered)
        {
            _index = (int)(position - _bufferStart);
            return;
        }

        _bufferStart = position;
        _index = _buffered = 0;
    }

    private void Fill()
    {
        var isSequential = _buffered > 0;
        _readSize = isSequential ? Math.Min(_readSize * 2, LargestRead) : ReadAfterSeek;
        _bufferStart += _buffered;
        _index = _buffered = 0;

        if (_streamPosition != _bufferStart) _stream.Seek(_bufferStart, SeekOrigin.Begin);
        _streamPosition = _bufferStart;
        var read = _stream.Read(_buffer, 0, (int)Math.Min(_readSize, _length - _bufferStart));
        if (read <= 0) throw Error("ends early: the file became shorter while it was read", _bufferStart);

        _buffered = read;
        _streamPosition += read;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The encoding of a protobuf field: the low three bits of its tag.</summary>
internal static class WireType
{
    public const uint Varint = 0;
    public const uint Fixed64 = 1;
    public const uint Bytes = 2;
    public const uint Fixed32 = 5;
}

/// <summary>The enclosing message: <see cref="ProtobufReader.Enter"/> returns it and <see cref="ProtobufReader.Leave"/>
/// restores it.</summary>
internal readonly struct ProtobufScope(long limit, string message)
{
    /// <summary>End of the message, in bytes from the start of the file.</summary>
    public long Limit { get; } = limit;

    /// <summary>Type of the message.</summary>
    public string Message { get; } = message;
}
