using System.Globalization;

namespace TrtBindings.Vision;

/// <summary>
/// An axis-aligned box in pixels, x to the right, y down. Pixel 0 spans 0 to 1.
/// </summary>
/// <param name="X1">Left edge.</param>
/// <param name="Y1">Top edge.</param>
/// <param name="X2">Right edge.</param>
/// <param name="Y2">Bottom edge.</param>
public readonly record struct Box(float X1, float Y1, float X2, float Y2)
{
    /// <summary>X2 - X1.</summary>
    public float Width => X2 - X1;

    /// <summary>Y2 - Y1.</summary>
    public float Height => Y2 - Y1;

    /// <summary>Width * Height, without the extra pixel that some detectors add.</summary>
    public float Area => Width * Height;

    /// <summary>A box from its centre and size.</summary>
    public static Box FromCentre(float x, float y, float width, float height)
    {
        var (halfWidth, halfHeight) = (width / 2, height / 2);
        return new(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
    }

    /// <summary>
    /// Intersection over union, 0 to 1; NaN for two boxes without area.
    /// </summary>
    public float IntersectionOverUnion(Box other)
    {
        var width = Math.Max(Math.Min(X2, other.X2) - Math.Max(X1, other.X1), 0);
        var height = Math.Max(Math.Min(Y2, other.Y2) - Math.Max(Y1, other.Y1), 0);
        var intersection = width * height;
        return intersection / (Area + other.Area - intersection);
    }

    /// <summary>The part inside [0, width] x [0, height].</summary>
    internal Box ClipTo(int width, int height) => new(
        Math.Clamp(X1, 0, width), Math.Clamp(Y1, 0, height), Math.Clamp(X2, 0, width), Math.Clamp(Y2, 0, height));

    /// <summary>For example <c>[12.5 30.0 118.2 240.9]</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"[{X1:0.0} {Y1:0.0} {X2:0.0} {Y2:0.0}]");
}
