namespace TrtBindings.Graphs.Files;

/// <summary>
/// The elements of one constant tensor, wherever they are. They are read piece by piece, so that a model of any size needs little
/// memory.
/// </summary>
internal abstract class TensorData(ElementType type, long count)
{
    /// <summary>The largest piece that is handed out, in bytes.</summary>
    public const int PieceBytes = 1 << 20;

    /// <summary>What each element is.</summary>
    public ElementType Type { get; } = type;

    /// <summary>Number of elements.</summary>
    public long Count { get; } = count;

    /// <summary>Bytes of all elements; the last byte of a packed type may be half full.</summary>
    public long Bytes => BytesOf(Type, Count);

    /// <summary>True if the elements lie in a file of their own, not in the .onnx.</summary>
    public abstract bool IsExternal { get; }

    /// <summary>Hands out all elements once, in order.</summary>
    /// <exception cref="ModelFileException">The file cannot be read any more.</exception>
    public abstract void Read(TensorSink sink);

    /// <summary>All bytes in memory.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Bytes];
        var at = 0;
        Read(piece =>
        {
            piece.CopyTo(bytes.AsSpan(at));
            at += piece.Length;
        });
        return bytes;
    }

    /// <summary>Bytes that elements of a type take.</summary>
    public static long BytesOf(ElementType type, long count) =>
        type.BitWidth() is var bits && bits >= 8 ? checked(count * (bits / 8)) : checked((count * bits) + 7) / 8;
}

/// <summary>Takes a piece of a tensor's bytes: a whole number of elements, little endian, in order.</summary>
internal delegate void TensorSink(ReadOnlySpan<byte> piece);
