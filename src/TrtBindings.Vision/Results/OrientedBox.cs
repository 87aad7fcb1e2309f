using System.Globalization;
using System.Numerics;

namespace TrtBindings.Vision;

/// <summary>
/// A rotated rectangle in pixels, x to the right, y down. The width lies along (cos, sin) of the angle. The width may be less
/// than the height, and the angle is the model's: it is not brought into a range.
/// </summary>
/// <param name="CentreX">X of the centre.</param>
/// <param name="CentreY">Y of the centre.</param>
/// <param name="Width">Length along the angle.</param>
/// <param name="Height">Length across the angle.</param>
/// <param name="Angle">In radians; positive is clockwise on the screen.</param>
public readonly record struct OrientedBox(float CentreX, float CentreY, float Width, float Height, float Angle)
{
    /// <summary>
    /// The corners in Ultralytics' order. With v1 = width / 2 along the angle and v2 = height / 2 across it they are centre +
    /// v1 + v2, centre + v1 - v2, centre - v1 - v2, centre - v1 + v2; at angle 0 bottom right, top right, top left, bottom
    /// left.
    /// </summary>
    public (Vector2 First, Vector2 Second, Vector2 Third, Vector2 Fourth) Corners
    {
        get
        {
            var (sin, cos) = Math.SinCos(Angle);
            var along = new Vector2((float)(Width / 2 * cos), (float)(Width / 2 * sin));
            var across = new Vector2((float)(-Height / 2 * sin), (float)(Height / 2 * cos));
            var centre = new Vector2(CentreX, CentreY);
            return (centre + along + across, centre + along - across, centre - along - across, centre - along + across);
        }
    }

    /// <summary>The smallest axis-aligned box that holds the corners.</summary>
    public Box Enclosing
    {
        get
        {
            var (first, second, third, fourth) = Corners;
            var low = Vector2.Min(Vector2.Min(first, second), Vector2.Min(third, fourth));
            var high = Vector2.Max(Vector2.Max(first, second), Vector2.Max(third, fourth));
            return new(low.X, low.Y, high.X, high.Y);
        }
    }

    /// <summary>
    /// The overlap by which Ultralytics suppresses oriented boxes (probiou, arXiv 2106.06072): that of the boxes as normal
    /// distributions, from 0 to 0.99955 for identical boxes. It differs from the intersection over union of the polygons; the
    /// angle of a square has no effect.
    /// </summary>
    public double ProbabilisticIou(OrientedBox other) => new GaussianBox(this).ProbabilisticIou(new(other));

    /// <summary>The same rectangle with an angle in [0, π/2), as from Ultralytics' <c>regularize_rboxes</c>.</summary>
    public OrientedBox Regularized()
    {
        var isTurned = FloorModulo(Angle, Math.PI) >= Math.PI / 2;
        return this with
        {
            Width = isTurned ? Height : Width,
            Height = isTurned ? Width : Height,
            Angle = (float)FloorModulo(Angle, Math.PI / 2),
        };
    }

    /// <summary>
    /// The same rectangle with the longer side as width and an angle in [-π/4, 3π/4), as in Ultralytics' labels.
    /// </summary>
    public OrientedBox Canonical()
    {
        var isTurned = Width < Height;
        var angle = FloorModulo((isTurned ? Angle + (Math.PI / 2) : Angle) + (Math.PI / 4), Math.PI) - (Math.PI / 4);
        return this with
        {
            Width = isTurned ? Height : Width,
            Height = isTurned ? Width : Height,
            Angle = (float)angle,
        };
    }

    /// <summary>For example <c>[320.0 240.0 100.0x50.0 0.79 rad]</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"[{CentreX:0.0} {CentreY:0.0} {Width:0.0}x{Height:0.0} {Angle:0.00} rad]");

    private static double FloorModulo(double value, double by) => value - (Math.Floor(value / by) * by);
}
