using System.Globalization;
using System.Text;

namespace TrtBindings.ModelFiles.Onnx;

/// <summary>
/// Walks protobuf fields in a seekable stream. What is not asked for is seeked over, never read, and every length is
/// checked against the message that encloses it. What the fields mean is for its callers to know.
/// </summary>
internal sealed partial class ProtobufReader
{
    // After a seek little is wanted (the next header), in a run of small fields much.
    private const int ReadAfterSeek = 512;
    private const int LargestRead = 4096;

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

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
    private int _textBytes;

    /// <summary>Starts at the stream's first byte, wherever it stands now.</summary>
    public ProtobufReader(Stream stream)
    {
        _stream = stream;
        _limit = _length = stream.Length;
    }

    /// <summary>Bytes from the start of the file.</summary>
    public long Position => _bufferStart + _index;

    /// <summary>Where the tag that was read last stands.</summary>
    public long TagPosition => _tagPosition;

    /// <summary>
    /// The next field's tag (number times 8, plus <see cref="WireType"/>), or 0 at the end of the message.
    /// One of <see cref="Enter"/>, a read or <see cref="Skip"/> must follow.
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

    /// <summary>The value of a field of wire type 0.</summary>
    public long ReadVarint() => unchecked((long)ReadRawVarint());

    /// <summary>Text to look something up by: at most <see cref="OnnxLimits.NameBytes"/>, valid UTF-8.</summary>
    public string ReadName()
    {
        var length = ReadLength();
        if (length > OnnxLimits.NameBytes)
            throw Error("holds a name of " + Text(length) + " bytes, more than is allowed", _tagPosition);

        try
        {
            return ReadString(StrictUtf8, (int)length);
        }
        catch (ArgumentException) // DecoderFallbackException derives from it.
        {
            throw Error("holds a name that is not valid UTF-8", _tagPosition);
        }
    }

    /// <summary>
    /// Text for people: bytes that are not UTF-8 become replacement characters; all of them together hold at most
    /// <see cref="OnnxLimits.TextBytes"/>.
    /// </summary>
    public string ReadText()
    {
        var length = ReadLength();
        if (length > OnnxLimits.TextBytes - _textBytes)
            throw Error("brings documentation and metadata to more bytes than are allowed", _tagPosition);

        _textBytes += (int)length;
        return ReadString(Encoding.UTF8, (int)length);
    }

    /// <summary>Goes into the embedded message whose tag was just read.</summary>
    /// <param name="message">Its type, for error messages.</param>
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

    /// <summary>Goes back to the enclosing message; what is left of this one is skipped.</summary>
    public void Leave(ProtobufScope outer)
    {
        SkipTo(_limit);
        _limit = outer.Limit;
        _message = outer.Message;
        _depth--;
    }

    /// <summary>Whether the message that was entered last has more bytes.</summary>
    public bool HasMore => Position < _limit;

    /// <summary>Goes past the field whose tag was just read.</summary>
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
                var length = ReadLength(); // First: it moves the position.
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

    /// <summary>One more of something that is bounded.</summary>
    /// <returns><paramref name="known"/> and one.</returns>
    /// <exception cref="OnnxFormatException">That is more than <paramref name="most"/>.</exception>
    public int Count(int known, int most, string things) =>
        known < most ? known + 1 : throw Error("holds more than " + Text(most) + " " + things, _tagPosition);

    /// <summary>An error in the message that is being read.</summary>
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

    private string ReadString(Encoding encoding, int length)
    {
        if (length == 0) return "";
        if (length > _buffered - _index)
        {
            var bytes = new byte[length];
            for (var done = 0; done < length;)
            {
                if (_index == _buffered) Fill();
                var part = Math.Min(length - done, _buffered - _index);
                Buffer.BlockCopy(_buffer, _index, bytes, done, part);
                _index += part;
                done += part;
            }

            return encoding.GetString(bytes, 0, length);
        }

        var text = encoding.GetString(_buffer, _index, length);
        _index += length;
        return text;
    }

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
