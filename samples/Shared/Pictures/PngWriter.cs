using System.Buffers.Binary;
using System.IO.Compression;

namespace TrtBindings.Samples;

/// <summary>RGB to PNG, with the filter of each row chosen by the smallest sum of absolute differences.</summary>
internal static class PngWriter
{
    private const int Step = 3;
    private const int FilterCount = 5;

    public static void Write(Stream stream, Picture picture)
    {
        stream.Write(PngFormat.Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], picture.Height);
        header[8] = 8;
        header[9] = (byte)PngColor.Rgb;
        header[10..].Clear();
        WriteChunk(stream, PngFormat.Header, header);
        WriteChunk(stream, PngFormat.Data, Compress(picture));
        WriteChunk(stream, PngFormat.End, []);
    }

    private static void WriteChunk(Stream stream, uint type, ReadOnlySpan<byte> data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4), type);
        data.CopyTo(chunk.AsSpan(8));
        var crc = PngFormat.Crc(chunk.AsSpan(4, 4 + data.Length));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), crc);
        stream.Write(chunk);
    }

    private static ReadOnlySpan<byte> Compress(Picture picture)
    {
        var output = new MemoryStream();
        var length = picture.Width * 3;
        var above = new byte[length];
        var (best, candidate) = (new byte[length + 1], new byte[length + 1]);
        using (var pixels = new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var y = 0; y < picture.Height; y++)
            {
                var row = picture.Rgb.AsSpan(y * length, length);
                var bestCost = long.MaxValue;
                for (byte filter = 0; filter < FilterCount; filter++)
                {
                    var cost = Filter(filter, row, above, candidate);
                    if (cost >= bestCost) continue;
                    bestCost = cost;
                    (best, candidate) = (candidate, best);
                }

                pixels.Write(best);
                row.CopyTo(above);
            }
        }

        return output.GetBuffer().AsSpan(0, (int)output.Length);
    }

    private static long Filter(byte filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> result)
    {
        result[0] = filter;
        long cost = 0;
        for (var i = 0; i < row.Length; i++)
        {
            var left = i >= Step ? row[i - Step] : (byte)0;
            var upperLeft = i >= Step ? above[i - Step] : (byte)0;
            var predicted = filter switch
            {
                0 => (byte)0,
                1 => left,
                2 => above[i],
                3 => (byte)((left + above[i]) / 2),
                _ => PngFormat.Paeth(left, above[i], upperLeft),
            };
            var difference = (byte)(row[i] - predicted);
            result[i + 1] = difference;
            cost += Math.Abs((int)(sbyte)difference);
        }

        return cost;
    }
}
