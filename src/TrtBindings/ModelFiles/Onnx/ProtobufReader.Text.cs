using System.Text;

namespace TrtBindings.ModelFiles.Onnx;

/// <content>Names and texts.</content>
internal sealed partial class ProtobufReader
{
    private static readonly Encoding StrictUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    private const ulong NoBytes = 14695981039346656037UL;

    private int _textBytes;

    /// <summary>Reads a name: valid UTF-8 of at most <see cref="OnnxLimits.NameBytes"/> bytes.</summary>
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
    /// Reads text for people. Invalid UTF-8 becomes replacement characters. All texts together have at most
    /// <see cref="OnnxLimits.TextBytes"/> bytes.
    /// </summary>
    public string ReadText()
    {
        var length = ReadLength();
        if (length > OnnxLimits.TextBytes - _textBytes)
            throw Error("brings documentation and metadata to more bytes than are allowed", _tagPosition);

        _textBytes += (int)length;
        return ReadString(Encoding.UTF8, (int)length);
    }

    /// <summary>
    /// Reads a name as a 64-bit FNV-1a hash without allocating it; 0 for an empty name and for one longer than
    /// <see cref="OnnxLimits.NameBytes"/>.
    /// </summary>
    public ulong ReadNameHash()
    {
        var length = ReadLength();
        if (length is 0 or > OnnxLimits.NameBytes)
        {
            SkipTo(Position + length);
            return 0;
        }

        var hash = NoBytes;
        for (; length > 0; length--)
        {
            if (_index == _buffered) Fill();
            hash = WithByte(hash, _buffer[_index++]);
        }

        return hash;
    }

    /// <summary>The hash that <see cref="ReadNameHash"/> returns for a name.</summary>
    public static ulong NameHash(string name)
    {
        if (name.Length == 0) return 0;
        var hash = NoBytes;
        foreach (var next in Encoding.UTF8.GetBytes(name)) hash = WithByte(hash, next);
        return hash;
    }

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

    private static ulong WithByte(ulong hash, byte next) => unchecked((hash ^ next) * 1099511628211UL);
}
