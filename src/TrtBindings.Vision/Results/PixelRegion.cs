namespace TrtBindings.Vision.Results;

/// <summary>A rectangle of whole pixels; right and bottom exclusive.</summary>
internal readonly record struct PixelRegion(int Left, int Top, int Right, int Bottom)
{
    public int Width => Right - Left;

    public int Height => Bottom - Top;

    public bool IsEmpty => Right <= Left || Bottom <= Top;

    /// <summary>
    /// The pixels of a frame whose index lies in a box, x1 &lt;= x &lt; x2, as Ultralytics crops masks. Empty for a box outside
    /// the frame or of NaN.
    /// </summary>
    public static PixelRegion Inside(Box box, int frameWidth, int frameHeight)
    {
        var region = new PixelRegion(
            FirstIndex(box.X1, frameWidth), FirstIndex(box.Y1, frameHeight),
            FirstIndex(box.X2, frameWidth), FirstIndex(box.Y2, frameHeight));
        return region.IsEmpty ? default : region;
    }

    /// <summary>The part of a grid over the whole input that a letterboxed image covers; at least one point.</summary>
    public static PixelRegion InGrid(in LetterboxGeometry geometry, int gridWidth, int gridHeight)
    {
        var (left, right) = Covered(geometry.Left, geometry.ScaledWidth, geometry.InputWidth, gridWidth);
        var (top, bottom) = Covered(geometry.Top, geometry.ScaledHeight, geometry.InputHeight, gridHeight);
        return new(left, top, right, bottom);
    }

    private static (int First, int End) Covered(int start, int length, int input, int grid)
    {
        var first = Math.Min((int)Math.Round(start * (grid / (double)input)), grid - 1);
        return (first, Math.Max((int)Math.Round((start + length) * (grid / (double)input)), first + 1));
    }

    /// <summary>The first index that is not below an edge; 0 for NaN, because casts saturate.</summary>
    private static int FirstIndex(float edge, int length) => Math.Clamp((int)MathF.Ceiling(edge), 0, length);
}
