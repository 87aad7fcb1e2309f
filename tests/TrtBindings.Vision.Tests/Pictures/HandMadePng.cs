using System.Buffers.Binary;
using System.IO.Compression;
using TrtBindings.Samples;

namespace TrtBindings.Vision.Tests.Pictures;

/// <summary>PNG files written byte by byte, so that every colour type and every fault can be made.</summary>
internal static class HandMadePng
{
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="depth">Bits in a sample.</param>
    /// <param name="color">PNG colour type.</param>
    /// <param name="rows">Rows with their filter bytes, one after the other.</param>
    /// <param name="palette">PLTE, if any.</param>
    /// <param name="interlace">Interlace method.</param>
    public static byte[] Make(
        int width, int height, byte depth, byte color, byte[] rows, byte[]? palette = null, byte interlace = 0)
    {
        using var file = new MemoryStream();
        file.Write(PngFormat.Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (depth, color, interlace);
        WriteChunk(file, "IHDR", header);
        if (palette is not null) WriteChunk(file, "PLTE", palette);
        var data = Deflate(rows);
        // Two chunks, because a file may cut the stream anywhere.
        WriteChunk(file, "IDAT", data[..(data.Length / 2)]);
        WriteChunk(file, "IDAT", data[(data.Length / 2)..]);
        WriteChunk(file, "tEXt", "Comment\0ancillary chunks are skipped"u8.ToArray());
        WriteChunk(file, "IEND", []);
        return file.ToArray();
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
        var crc = PngFormat.Crc(chunk.AsSpan(4, 4 + data.Length));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), crc);
        file.Write(chunk);
    }
}
