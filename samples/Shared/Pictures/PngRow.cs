namespace TrtBindings.Samples;

/// <summary>One row of PNG values, in any of its depths and colour types, as RGB.</summary>
internal static class PngRow
{
    public static void ToRgb(PngHeader header, ReadOnlySpan<byte> palette, ReadOnlySpan<byte> row, Span<byte> rgb)
    {
        for (var x = 0; x < header.Width; x++)
        {
            var pixel = rgb.Slice(x * 3, 3);
            var first = x * header.Channels;
            switch (header.Color)
            {
                case PngColor.Rgb or PngColor.Rgba:
                    for (var c = 0; c < 3; c++) pixel[c] = Value(header, row, first + c);
                    break;
                case PngColor.Palette:
                    var entry = Sample(row, x, header.BitDepth) * 3;
                    if (entry >= palette.Length) throw new PictureException("a pixel is outside its palette.");
                    palette.Slice(entry, 3).CopyTo(pixel);
                    break;
                default:
                    pixel.Fill(Value(header, row, first));
                    break;
            }
        }
    }

    /// <summary>A sample as 8 bits: the high byte of 16, and fewer than 8 spread over 0 to 255.</summary>
    private static byte Value(PngHeader header, ReadOnlySpan<byte> row, int index) => header.BitDepth switch
    {
        16 => row[index * 2],
        8 => row[index],
        _ => (byte)(Sample(row, index, header.BitDepth) * 255 / ((1 << header.BitDepth) - 1)),
    };

    private static int Sample(ReadOnlySpan<byte> row, int index, int bits)
    {
        var bit = index * bits;
        return (row[bit >> 3] >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
    }
}
