namespace TrtBindings.Samples;

/// <summary>A set of pixels inside a rectangle.</summary>
/// <param name="area">Where it may have pixels.</param>
/// <param name="pixels">Row-major over the area; other than 0 is inside.</param>
internal sealed class MaskShape(Rectangle area, byte[] pixels)
{
    public Rectangle Area { get; } = area;

    public bool Contains(int x, int y) =>
        x >= Area.Left && x < Area.Right && y >= Area.Top && y < Area.Bottom
        && pixels[(y - Area.Top) * Area.Width + x - Area.Left] != 0;

    /// <summary>Whether the pixel is inside and one beside it is not.</summary>
    public bool IsEdge(int x, int y) =>
        Contains(x, y) && !(Contains(x - 1, y) && Contains(x + 1, y) && Contains(x, y - 1) && Contains(x, y + 1));
}
