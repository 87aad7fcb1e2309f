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

    /// <summary>The first index that is not below an edge; 0 for NaN, because casts saturate.</summary>
    private static int FirstIndex(float edge, int length) => Math.Clamp((int)MathF.Ceiling(edge), 0, length);
}
