using System.Text;

namespace TrtBindings.TestSupport;

/// <summary>Writes the fields of one protobuf message, in the order of the calls.</summary>
public sealed class ProtobufWriter
{
    private readonly MemoryStream _bytes = new();

    /// <summary>The bytes written so far.</summary>
    public byte[] ToBytes() => _bytes.ToArray();

    /// <summary>Writes a field of wire type 0. Negative numbers take ten bytes, as protobuf prescribes.</summary>
    public ProtobufWriter Varint(int field, long value)
    {
        Raw(((ulong)(uint)field << 3) | 0);
        return Raw((ulong)value);
    }

    /// <summary>A field of wire type 5.</summary>
    public ProtobufWriter Fixed32(int field, float value)
    {
        Raw(((ulong)(uint)field << 3) | 5);
        return Append(BitConverter.GetBytes(value));
    }

    /// <summary>A field of wire type 1.</summary>
    public ProtobufWriter Fixed64(int field, double value)
    {
        Raw(((ulong)(uint)field << 3) | 1);
        return Append(BitConverter.GetBytes(value));
    }

    /// <summary>A length-delimited field.</summary>
    public ProtobufWriter Bytes(int field, byte[] value) => Header(field, value.LongLength).Append(value);

    /// <summary>A length-delimited field of UTF-8 text.</summary>
    public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Writes a text field, or nothing if the text is <see langword="null"/>.</summary>
    public ProtobufWriter OptionalText(int field, string? value) => value is null ? this : Text(field, value);

    /// <summary>An embedded message.</summary>
    public ProtobufWriter Message(int field, Action<ProtobufWriter> write)
    {
        var inner = new ProtobufWriter();
        write(inner);
        return Bytes(field, inner.ToBytes());
    }

    /// <summary>A repeated number in packed form.</summary>
    public ProtobufWriter Packed(int field, IEnumerable<long> values)
    {
        var inner = new ProtobufWriter();
        foreach (var value in values) inner.Raw((ulong)value);
        return Bytes(field, inner.ToBytes());
    }

    /// <summary>Writes tag and length of a length-delimited field. The caller adds the content, or leaves it out.</summary>
    public ProtobufWriter Header(int field, long length)
    {
        Raw(((ulong)(uint)field << 3) | 2);
        return Raw((ulong)length);
    }

    /// <summary>Writes bytes unchanged.</summary>
    public ProtobufWriter Append(byte[] bytes)
    {
        _bytes.Write(bytes, 0, bytes.Length);
        return this;
    }

    /// <summary>A bare variable-length number.</summary>
    public ProtobufWriter Raw(ulong value)
    {
        for (; value >= 0x80; value >>= 7) _bytes.WriteByte((byte)(value | 0x80));
        _bytes.WriteByte((byte)value);
        return this;
    }
}
