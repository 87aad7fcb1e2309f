using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace TrtBindings.Cli.Npy;

/// <summary>
/// The header of a .npy file: magic, version, and a dictionary as Python writes it (numpy.lib.format, versions 1 to 3).
/// </summary>
/// <param name="Descr">The type's word.</param>
/// <param name="IsFortran">Whether the first dimension varies fastest.</param>
/// <param name="Shape">Length of each dimension.</param>
internal sealed record NpyHeader(string Descr, bool IsFortran, long[] Shape)
{
    private const int MostDimensions = 64;
    private const int LongestHeader = 1 << 16;
    private const int Alignment = 64;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the header and leaves the stream at the first element.</summary>
    /// <exception cref="NpyException">It is no such header.</exception>
    /// <exception cref="EndOfStreamException">The stream ends within it.</exception>
    public static NpyHeader Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[8];
        stream.ReadExactly(start);
        if (!start[..6].SequenceEqual(Magic)) throw new NpyException("it does not start as a .npy file");
        if (start[6] is < 1 or > 3) throw new NpyException($"it has version {start[6]} of the format, and 1 to 3 are known");
        Span<byte> length = stackalloc byte[4];
        length.Clear();
        stream.ReadExactly(length[..(start[6] == 1 ? 2 : 4)]);
        var count = BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (count > LongestHeader) throw new NpyException($"its header has {count:N0} bytes");
        var text = new byte[count];
        stream.ReadExactly(text);
        return Parse(Encoding.UTF8.GetString(text));
    }

    /// <summary>Writes the header, padded so that the elements begin at a multiple of 64 bytes.</summary>
    public void Write(Stream stream)
    {
        var shape = Shape.Length switch
        {
            0 => "()",
            1 => string.Create(CultureInfo.InvariantCulture, $"({Shape[0]},)"),
            _ => $"({string.Join(", ", Shape.Select(length => length.ToString(CultureInfo.InvariantCulture)))})",
        };
        var text = $"{{'descr': '{Descr}', 'fortran_order': False, 'shape': {shape}, }}";
        var unpadded = Magic.Length + 2 + 2 + text.Length + 1;
        var padded = text + new string(' ', (Alignment - (unpadded % Alignment)) % Alignment) + "\n";
        stream.Write(Magic);
        stream.Write([1, 0]);
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, checked((ushort)padded.Length));
        stream.Write(length);
        stream.Write(Encoding.ASCII.GetBytes(padded));
    }

    private static NpyHeader Parse(string text)
    {
        var descr = After(text, "'descr'");
        if (descr.Length == 0 || descr[0] is not ('\'' or '"'))
            throw new NpyException("it holds records of several fields, which are no tensor");
        var end = descr.IndexOf(descr[0], 1);
        if (end < 0) throw new NpyException("its header has no end of 'descr'");
        var order = After(text, "'fortran_order'");
        var shape = After(text, "'shape'");
        var close = shape.IndexOf(')');
        if (shape.Length == 0 || shape[0] != '(' || close < 0) throw new NpyException("its header has no 'shape'");
        return new(descr[1..end], order.StartsWith("True", StringComparison.Ordinal), ShapeOf(shape[1..close]));
    }

    private static string After(string text, string key)
    {
        var at = text.IndexOf(key, StringComparison.Ordinal);
        var colon = at < 0 ? -1 : text.IndexOf(':', at);
        return colon < 0 ? throw new NpyException($"its header has no {key}") : text[(colon + 1)..].TrimStart();
    }

    private static long[] ShapeOf(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > MostDimensions) throw new NpyException($"it has {parts.Length} dimensions");
        var shape = new long[parts.Length];
        for (var i = 0; i < shape.Length; i++)
        {
            // Python 2 wrote lengths as 3L.
            if (!long.TryParse(parts[i].TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]))
                throw new NpyException($"'{parts[i]}' is no length of a dimension");
        }

        return shape;
    }
}
