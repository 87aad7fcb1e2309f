using System.Buffers.Binary;
using System.IO.Compression;

namespace TrtBindings.Samples;

/// <summary>PNG to RGB. Checksums are checked; every length is held against the file's.</summary>
internal static class PngReader
{
    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(PngFormat.Signature);

    /// <exception cref="PictureException">Malformed, interlaced or too large.</exception>
    public static Picture Read(byte[] file)
    {
        var position = PngFormat.Signature.Length;
        PngHeader? header = null;
        byte[] palette = [];
        using var compressed = new MemoryStream();
        while (true)
        {
            var (type, chunk) = NextChunk(file, ref position);
            if (header is null && type != PngFormat.Header) throw new PictureException("its first chunk is not IHDR.");
            if (type == PngFormat.Header)
            {
                if (header is not null) throw new PictureException("it has two headers.");
                header = PngHeader.Parse(chunk.Span);
            }
            else if (type == PngFormat.Palette) palette = PaletteOf(chunk.Span);
            else if (type == PngFormat.Data) compressed.Write(chunk.Span);
            else if (type == PngFormat.End) break;
            else if ((type & 0x2000_0000) == 0) throw new PictureException($"unknown critical chunk {type:X8}.");
        }

        if (header is null) throw new PictureException("it has no header.");
        if (header.Color == PngColor.Palette && palette.Length == 0)
            throw new PictureException("its palette is missing.");
        compressed.Position = 0;
        return Decode(header, palette, compressed);
    }

    private static (uint Type, ReadOnlyMemory<byte> Data) NextChunk(byte[] file, ref int position)
    {
        const int Overhead = 12; // length, type, checksum
        if (file.Length - position < Overhead) throw new PictureException("it is truncated: IEND is missing.");
        var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(position));
        if (length > file.Length - position - Overhead)
            throw new PictureException($"a chunk of {length:N0} bytes reaches past the end: truncated or damaged.");
        var checkedBytes = file.AsMemory(position + 4, 4 + (int)length);
        var crc = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(position + 8 + (int)length));
        if (PngFormat.Crc(checkedBytes.Span) != crc)
            throw new PictureException("a chunk's checksum is wrong: damaged.");
        position += Overhead + (int)length;
        return (BinaryPrimitives.ReadUInt32BigEndian(checkedBytes.Span), checkedBytes[4..]);
    }

    private static byte[] PaletteOf(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length is 0 or > 768 || chunk.Length % 3 != 0)
            throw new PictureException($"its palette has {chunk.Length} bytes.");
        return chunk.ToArray();
    }

    private static Picture Decode(PngHeader header, byte[] palette, Stream compressed)
    {
        var rgb = new byte[header.Width * header.Height * 3];
        var (above, row) = (new byte[header.RowBytes], new byte[header.RowBytes]);
        Span<byte> filter = stackalloc byte[1];
        try
        {
            using var pixels = new ZLibStream(compressed, CompressionMode.Decompress);
            for (var y = 0; y < header.Height; y++)
            {
                pixels.ReadExactly(filter);
                pixels.ReadExactly(row);
                Unfilter(filter[0], row, above, header.FilterStep);
                PngRow.ToRgb(header, palette, row, rgb.AsSpan(y * header.Width * 3, header.Width * 3));
                (above, row) = (row, above);
            }
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            throw new PictureException("its pixel data is truncated or damaged.", e);
        }

        return new(header.Width, header.Height, rgb);
    }

    private static void Unfilter(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        for (var i = 0; i < row.Length; i++)
        {
            var left = i >= step ? row[i - step] : (byte)0;
            var upperLeft = i >= step ? above[i - step] : (byte)0;
            row[i] += filter switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (byte)((left + above[i]) / 2),
                4 => PngFormat.Paeth(left, above[i], upperLeft),
                _ => throw new PictureException($"filter {filter} is not a PNG filter."),
            };
        }
    }
}
