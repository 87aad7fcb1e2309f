using System.Buffers.Binary;
using System.IO.Compression;

namespace TrtBindings.Vision.Tests;

/// <summary>PNG files written byte by byte, so that every colour type and every fault can be made.</summary>
internal static class HandMadePng
{
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="depth">Bits in a sample.</param>
    /// <param name="color">PNG colour type.</param>
    /// <param name="rows">Rows with their filter bytes, one after the other.</param>
    /// <param name="palette">PLTE, if any.</param>
    public static byte[] Make(int width, int height, byte depth, byte color, byte[] rows, byte[]? palette = null)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (depth, color);
        WriteChunk(file, "IHDR", header);
        if (palette is not null) WriteChunk(file, "PLTE", palette);
        var data = Deflate(rows);
        // Two chunks, because a file may cut the stream anywhere.
        WriteChunk(file, "IDAT", data[..(data.Length / 2)]);
        WriteChunk(file, "IDAT", data[(data.Length / 2)..]);
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>
    /// Decodes a PNG of 8 bits a sample without interlacing, as red, green and blue: what other decoders are compared with.
    /// </summary>
    public static (int Width, int Height, byte[] Rgb) Decode(byte[] file)
    {
        using var data = new MemoryStream();
        byte[] palette = [];
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var type = System.Text.Encoding.ASCII.GetString(file, at + 4, 4);
            if (type == "PLTE") palette = file[(at + 8)..(at + 8 + length)];
            if (type == "IDAT") data.Write(file, at + 8, length);
            at += length + 12;
        }

        var width = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16));
        var height = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20));
        (file[24], file[28]).ShouldBe(((byte)8, (byte)0), "depth and interlacing");
        var channels = file[25] switch { 0 or 3 => 1, 2 => 3, 4 => 2, _ => 4 };
        data.Position = 0;
        using var pixels = new ZLibStream(data, CompressionMode.Decompress);
        var (above, row, rgb) = (new byte[width * channels], new byte[width * channels], new byte[width * height * 3]);
        for (var y = 0; y < height; y++)
        {
            var filter = pixels.ReadByte();
            pixels.ReadExactly(row);
            Unfilter(filter, row, above, channels);
            for (var i = 0; i < width * 3; i++)
            {
                var value = row[(i / 3 * channels) + (channels > 2 ? i % 3 : 0)];
                rgb[(y * width * 3) + i] = file[25] == 3 ? palette[(3 * value) + (i % 3)] : value;
            }

            (above, row) = (row, above);
        }

        return (width, height, rgb);
    }

    private static void Unfilter(int filter, byte[] row, byte[] above, int step)
    {
        for (var i = 0; i < row.Length; i++)
        {
            int left = i < step ? 0 : row[i - step], up = above[i], corner = i < step ? 0 : above[i - step];
            var (toLeft, toUp, toCorner) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - (2 * corner)));
            var paeth = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
            row[i] += (byte)(filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => paeth });
        }
    }

    private static byte[] Deflate(byte[] rows)
    {
        using var result = new MemoryStream();
        using (var stream = new ZLibStream(result, CompressionLevel.Optimal, leaveOpen: true)) stream.Write(rows);
        return result.ToArray();
    }

    private static void WriteChunk(Stream file, string type, byte[] data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        for (var i = 0; i < 4; i++) chunk[4 + i] = (byte)type[i];
        data.CopyTo(chunk, 8);
        // CRC-32 with the reversed polynomial EDB88320.
        var crc = uint.MaxValue;
        foreach (var value in chunk.AsSpan(4, 4 + data.Length))
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }

        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), ~crc);
        file.Write(chunk);
    }
}
