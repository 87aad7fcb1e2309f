using System.Buffers.Binary;

namespace TrtBindings.Samples;

/// <summary>A PNG's IHDR chunk, checked.</summary>
internal sealed record PngHeader(int Width, int Height, int BitDepth, PngColor Color)
{
    /// <summary>Values in a pixel.</summary>
    public int Channels => Color switch
    {
        PngColor.Grey or PngColor.Palette => 1,
        PngColor.GreyAlpha => 2,
        PngColor.Rgb => 3,
        _ => 4,
    };

    /// <summary>Bytes in a row, the filter byte aside.</summary>
    public int RowBytes => checked((int)(((long)Width * Channels * BitDepth + 7) / 8));

    /// <summary>Distance to the byte that a filter calls "left": a whole pixel, one byte at least.</summary>
    public int FilterStep => Math.Max(1, Channels * BitDepth / 8);

    /// <exception cref="PictureException">Not a header, or of a picture that is not read here.</exception>
    public static PngHeader Parse(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length != 13) throw new PictureException($"its PNG header has {chunk.Length} bytes, not 13.");
        var width = BinaryPrimitives.ReadUInt32BigEndian(chunk);
        var height = BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue || (long)width * height > Picture.MaxPixels)
            throw new PictureException($"{width}×{height} pixels; 1 to {Picture.MaxPixels:N0} are read.");
        var (depth, color) = (chunk[8], (PngColor)chunk[9]);
        if (!IsLegal(depth, color))
            throw new PictureException($"bit depth {depth} with colour type {chunk[9]} is not a PNG.");
        if (chunk[10] != 0 || chunk[11] != 0)
            throw new PictureException($"compression {chunk[10]} with filter method {chunk[11]} is not a PNG.");
        if (chunk[12] == 1) throw new PictureException("it is interlaced (Adam7). Save it without interlacing.");
        if (chunk[12] != 0) throw new PictureException($"interlace method {chunk[12]} is not a PNG.");
        return new((int)width, (int)height, depth, color);
    }

    private static bool IsLegal(int depth, PngColor color) => color switch
    {
        PngColor.Grey => depth is 1 or 2 or 4 or 8 or 16,
        PngColor.Palette => depth is 1 or 2 or 4 or 8,
        PngColor.Rgb or PngColor.GreyAlpha or PngColor.Rgba => depth is 8 or 16,
        _ => false,
    };
}
