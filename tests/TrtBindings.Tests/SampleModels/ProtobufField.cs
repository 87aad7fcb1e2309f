using System.Buffers.Binary;
using System.Text;

namespace TrtBindings.Tests.SampleModels;

/// <summary>One field of a protobuf message in memory.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Value">Its value, for numbers.</param>
/// <param name="Bytes">Its bytes, for everything else.</param>
internal readonly record struct ProtobufField(int Number, long Value, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>As text.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>The fields of a message, in its order.</summary>
    public static IEnumerable<ProtobufField> Of(ReadOnlyMemory<byte> message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            var (number, wire) = ((int)(tag >> 3), (int)(tag & 7));
            switch (wire)
            {
                case 0:
                    yield return new(number, Varint(message, ref at), default);
                    break;
                case 1:
                    yield return new(number, BinaryPrimitives.ReadInt64LittleEndian(message.Span[at..]), default);
                    at += 8;
                    break;
                case 2:
                    var length = checked((int)Varint(message, ref at));
                    yield return new(number, 0, message.Slice(at, length));
                    at += length;
                    break;
                case 5:
                    yield return new(number, BinaryPrimitives.ReadInt32LittleEndian(message.Span[at..]), default);
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {wire}.");
            }
        }
    }

    /// <summary>Numbers written one after the other.</summary>
    public IEnumerable<long> Packed()
    {
        for (var at = 0; at < Bytes.Length;) yield return Varint(Bytes, ref at);
    }

    private static long Varint(ReadOnlyMemory<byte> bytes, ref int at)
    {
        var (value, shift) = (0UL, 0);
        while (true)
        {
            var part = bytes.Span[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return (long)value;
            shift += 7;
        }
    }
}
