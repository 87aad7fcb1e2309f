using System.Text;

namespace TrtBindings.Vision;

/// <summary>
/// A mask as run lengths in COCO's format, equal to what pycocotools' <c>mask.encode</c> gives: the pixels of the whole frame
/// column by column, as lengths of runs of zeros and ones in turn. The first run is of zeros and may have no length.
/// </summary>
public sealed class CocoRunLengths
{
    private readonly int[] _counts;

    private CocoRunLengths(int width, int height, int[] counts) => (Width, Height, _counts) = (width, height, counts);

    /// <summary>Width of the frame in pixels.</summary>
    public int Width { get; }

    /// <summary>Height of the frame in pixels.</summary>
    public int Height { get; }

    /// <summary>The lengths of the runs: zeros, ones, zeros and so on.</summary>
    public ReadOnlySpan<int> Counts => _counts;

    /// <summary>The run lengths of a mask.</summary>
    public static CocoRunLengths Of(Mask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var counts = new List<int>();
        var end = 0;
        for (var x = mask.X; x < mask.X + mask.Width; x++)
        {
            for (var y = mask.Y; y < mask.Y + mask.Height; y++)
            {
                if (!mask[x, y]) continue;
                var start = checked((x * mask.FrameHeight) + y);
                if (start > end || counts.Count == 0)
                {
                    counts.Add(start - end);
                    counts.Add(0);
                }

                counts[^1]++;
                end = start + 1;
            }
        }

        var pixels = checked(mask.FrameWidth * mask.FrameHeight);
        if (end < pixels || counts.Count == 0) counts.Add(pixels - end);
        return new(mask.FrameWidth, mask.FrameHeight, [.. counts]);
    }

    /// <summary>Run lengths that a program or a file gives as numbers.</summary>
    /// <exception cref="FormatException">A length is negative, or the lengths do not add up to width * height.</exception>
    public static CocoRunLengths Of(ReadOnlySpan<int> counts, int width, int height)
    {
        var sum = 0L;
        foreach (var count in counts)
        {
            if (count < 0) throw new FormatException($"A run cannot have a length of {count}.");
            sum += count;
        }

        if (width < 0 || height < 0 || sum != (long)width * height)
            throw new FormatException($"Runs of {sum:N0} pixels together do not fill a frame of {width} x {height}.");
        return new(width, height, counts.ToArray());
    }

    /// <summary>Reads COCO's compressed text, the <c>counts</c> of a JSON file.</summary>
    /// <exception cref="FormatException">The text is damaged or belongs to a frame of another size.</exception>
    public static CocoRunLengths Parse(string text, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(text);
        var counts = new List<int>();
        for (var at = 0; at < text.Length;)
        {
            var (value, bits, more) = (0L, 0, true);
            while (more)
            {
                var digit = at < text.Length ? text[at] - '0' : -1;
                if (digit is < 0 or > 63 || bits > 35) throw new FormatException($"'{text}' is no compressed run lengths.");
                value |= (long)(digit & 31) << bits;
                more = (digit & 32) != 0;
                (bits, at) = (bits + 5, at + 1);
                if (!more && (digit & 16) != 0) value |= -1L << bits;
            }

            if (counts.Count > 2) value += counts[^2];
            if (value is < 0 or > int.MaxValue) throw new FormatException($"A run cannot have a length of {value}.");
            counts.Add((int)value);
        }

        return Of(counts.ToArray(), width, height);
    }

    /// <summary>
    /// COCO's compressed text: from the fourth run on the difference to the run before the last, in digits of 5 bits from the
    /// lowest on, each as one character from '0' on; 32 marks that more digits follow.
    /// </summary>
    public string ToText()
    {
        var text = new StringBuilder();
        for (var i = 0; i < _counts.Length; i++)
        {
            var value = _counts[i] - (i > 2 ? (long)_counts[i - 2] : 0);
            bool more;
            do
            {
                var digit = (int)(value & 31);
                value >>= 5;
                // Bit 4 of the last digit is the sign.
                more = (digit & 16) != 0 ? value != -1 : value != 0;
                text.Append((char)('0' + digit + (more ? 32 : 0)));
            }
            while (more);
        }

        return text.ToString();
    }

    /// <summary>The mask that these run lengths are of.</summary>
    public Mask ToMask()
    {
        var region = Bounds();
        var rowBytes = Mask.RowBytesOf(region.Width);
        var bits = new byte[rowBytes * region.Height];
        var at = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            for (var end = at + _counts[i]; at < end; at++)
            {
                if (i % 2 == 0)
                {
                    at = end;
                    break;
                }

                var (x, y) = ((at / Height) - region.Left, (at % Height) - region.Top);
                bits[(y * rowBytes) + (x >> 3)] |= (byte)(1 << (x & 7));
            }
        }

        return new(Width, Height, region, bits);
    }

    /// <summary>The columns and rows that have pixels.</summary>
    private PixelRegion Bounds()
    {
        var (left, top, right, bottom, at) = (int.MaxValue, int.MaxValue, 0, 0, 0);
        for (var i = 0; i < _counts.Length; at += _counts[i++])
        {
            if (i % 2 == 0 || _counts[i] == 0) continue;
            var (first, last) = (at, at + _counts[i] - 1);
            (left, right) = (Math.Min(left, first / Height), Math.Max(right, (last / Height) + 1));
            // A run that goes on in the next column covers a column from the bottom and one from the top.
            var isOneColumn = first / Height == last / Height;
            (top, bottom) = isOneColumn
                ? (Math.Min(top, first % Height), Math.Max(bottom, (last % Height) + 1))
                : (0, Height);
        }

        return right == 0 ? default : new(left, top, right, bottom);
    }
}
