using System.Numerics;

namespace TrtBindings.Vision.AnyFamily;

/// <summary>How far two masks of one frame cover each other.</summary>
/// <param name="Intersection">Pixels of both.</param>
/// <param name="Union">Pixels of one or the other.</param>
internal readonly record struct MaskOverlap(long Intersection, long Union)
{
    /// <summary>Intersection over union; 1 for two empty masks.</summary>
    public double Share => Union == 0 ? 1 : (double)Intersection / Union;

    /// <summary>
    /// The share if a seam of half a pixel along the edge of a disc of that area does not count: rounding moves edges, and of a
    /// small mask they are much.
    /// </summary>
    public double ShareWithoutSeam
    {
        get
        {
            if (Union == 0) return 1;
            var seam = Math.Sqrt(Math.PI * Union);
            return Math.Min(1, (Intersection + seam) / Union);
        }
    }

    /// <summary>Counts the pixels.</summary>
    public static MaskOverlap Of(Mask one, Mask other)
    {
        var (left, top) = (Math.Max(one.X, other.X), Math.Max(one.Y, other.Y));
        var right = Math.Min(one.X + one.Width, other.X + other.Width);
        var bottom = Math.Min(one.Y + one.Height, other.Y + other.Height);
        var both = 0L;
        for (var y = top; y < bottom; y++)
        {
            var first = one.RowBits(y - one.Y);
            var second = other.RowBits(y - other.Y);
            for (var x = left; x < right; x += 32)
            {
                var common = Bits(first, x - one.X) & Bits(second, x - other.X);
                if (right - x < 32) common &= (1u << (right - x)) - 1;
                both += BitOperations.PopCount(common);
            }
        }

        return new(both, one.Area + (long)other.Area - both);
    }

    /// <summary>32 bits of a row from one on; bits behind its end are 0.</summary>
    private static uint Bits(ReadOnlySpan<byte> row, int from)
    {
        var (bits, at) = (0ul, from >> 3);
        for (var i = 0; i < 5 && at + i < row.Length; i++) bits |= (ulong)row[at + i] << (8 * i);
        return (uint)(bits >> (from & 7));
    }
}
