namespace TrtBindings.Samples;

/// <summary>Whole pixels; right and bottom are outside.</summary>
internal readonly record struct Rectangle(int Left, int Top, int Right, int Bottom)
{
    public int Width => Right - Left;

    public int Height => Bottom - Top;

    public bool IsEmpty => Right <= Left || Bottom <= Top;

    public long Area => IsEmpty ? 0 : (long)Width * Height;

    public Rectangle Intersect(Rectangle other) => new(
        Math.Max(Left, other.Left), Math.Max(Top, other.Top),
        Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom));

    /// <summary>
    /// Moved as little as puts it inside another; one that is too large keeps its left top corner in.
    /// </summary>
    public Rectangle MovedInto(Rectangle bounds)
    {
        var left = Math.Max(bounds.Left, Math.Min(Left, bounds.Right - Width));
        var top = Math.Max(bounds.Top, Math.Min(Top, bounds.Bottom - Height));
        return new(left, top, left + Width, top + Height);
    }
}
