using System.Buffers.Binary;
using System.Text;

namespace TrtBindings.Cli.Npy;

/// <summary>Reads and writes one array in NumPy's format.</summary>
internal static class NpyStream
{
    private const int Chunk = 1 << 20;

    /// <summary>Reads an array. Memory is taken as bytes come, so that a header that lies costs nothing.</summary>
    /// <exception cref="NpyException">It is no array, of a type that no tensor has, or larger than 2³¹-1 bytes.</exception>
    /// <exception cref="EndOfStreamException">The stream ends before the last element.</exception>
    public static NpyArray Read(Stream stream)
    {
        var header = NpyHeader.Read(stream);
        var type = NpyTypes.TypeOf(header.Descr, out var size, out var isSwapped);
        if (type == ElementType.Undefined)
            throw new NpyException($"its elements are '{header.Descr}', which no tensor has. Save it with .astype(np.float32)");
        var count = CountOf(header.Shape, size);
        var bytes = ReadBytes(stream, checked((int)(count * size)));
        if (isSwapped) Swap(bytes, type == ElementType.String ? 4 : size);
        if (header.IsFortran && header.Shape.Length > 1) bytes = RowMajor(bytes, header.Shape, size);
        return type == ElementType.String
            ? new(type, header.Shape, []) { Text = TextOf(bytes, (int)count, size) }
            : new(type, header.Shape, bytes);
    }

    /// <summary>Writes an array.</summary>
    /// <exception cref="NpyException">NumPy has no type for its elements.</exception>
    public static void Write(Stream stream, NpyArray array)
    {
        var isText = array.Type == ElementType.String;
        var longest = isText ? array.Text.Select(text => text.EnumerateRunes().Count()).Append(1).Max() : 0;
        var code = NpyTypes.CodeOf(array.Type, longest)
            ?? throw new NpyException($"NumPy has no type for {array.Type.OnnxName()}");
        new NpyHeader(code, false, array.Shape).Write(stream);
        if (!isText) stream.Write(array.Bytes);
        else foreach (var text in array.Text) WriteText(stream, text, longest);
    }

    private static long CountOf(long[] shape, int size)
    {
        Int128 count = 1;
        foreach (var length in shape) count = Int128.Min(count * length, (Int128)long.MaxValue);
        if (count * size > Array.MaxLength)
            throw new NpyException($"its shape [{string.Join(", ", shape)}] is larger than {Array.MaxLength:N0} bytes");
        return (long)count;
    }

    private static byte[] ReadBytes(Stream stream, int count)
    {
        var bytes = new byte[Math.Min(count, Chunk)];
        var used = 0;
        while (used < count)
        {
            if (used == bytes.Length) Array.Resize(ref bytes, (int)Math.Min(count, 2L * bytes.Length));
            stream.ReadExactly(bytes, used, bytes.Length - used);
            used = bytes.Length;
        }

        return bytes;
    }

    private static void Swap(byte[] bytes, int size)
    {
        for (var at = 0; size > 1 && at + size <= bytes.Length; at += size) bytes.AsSpan(at, size).Reverse();
    }

    /// <summary>Elements of Fortran's order, in which the first dimension varies fastest, in C's order.</summary>
    private static byte[] RowMajor(byte[] bytes, long[] shape, int size)
    {
        if (bytes.Length == 0) return bytes;
        var ordered = new byte[bytes.Length];
        var place = new long[shape.Length];
        var strides = new long[shape.Length];
        for (var (axis, stride) = (0, 1L); axis < shape.Length; stride *= shape[axis], axis++) strides[axis] = stride;
        for (var to = 0; to < bytes.Length; to += size)
        {
            long from = 0;
            for (var axis = 0; axis < shape.Length; axis++) from += place[axis] * strides[axis];
            bytes.AsSpan((int)(from * size), size).CopyTo(ordered.AsSpan(to));
            for (var axis = shape.Length - 1; axis >= 0 && ++place[axis] == shape[axis]; axis--) place[axis] = 0;
        }

        return ordered;
    }

    /// <summary>Text of a fixed number of UTF-32 code points, filled up with zeros.</summary>
    private static string[] TextOf(byte[] bytes, int count, int size)
    {
        var texts = new string[count];
        for (var i = 0; i < count; i++)
        {
            var text = new StringBuilder();
            for (var at = i * size; at < (i + 1) * size; at += 4)
            {
                var code = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
                if (code != 0) text.Append(Rune.IsValid(code) ? new Rune(code) : Rune.ReplacementChar);
            }

            texts[i] = text.ToString();
        }

        return texts;
    }

    private static void WriteText(Stream stream, string text, int longest)
    {
        Span<byte> code = stackalloc byte[4];
        var written = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            BinaryPrimitives.WriteInt32LittleEndian(code, rune.Value);
            stream.Write(code);
            written++;
        }

        code.Clear();
        for (; written < longest; written++) stream.Write(code);
    }
}
