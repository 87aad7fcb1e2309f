namespace TrtBindings.Samples;

/// <summary>Draws on a picture. Whatever is outside the picture is cut off. Not thread-safe.</summary>
internal sealed class Canvas(Picture picture)
{
    public Rectangle Bounds { get; } = new(0, 0, picture.Width, picture.Height);

    /// <summary>Mixes a colour into one pixel.</summary>
    /// <param name="x">Column.</param>
    /// <param name="y">Row.</param>
    /// <param name="color">The colour.</param>
    /// <param name="opacity">0 leaves the pixel, 1 replaces it.</param>
    public void Blend(int x, int y, Color color, float opacity)
    {
        if ((uint)x >= (uint)picture.Width || (uint)y >= (uint)picture.Height || opacity <= 0) return;
        var pixel = picture.Rgb.AsSpan((y * picture.Width + x) * 3, 3);
        pixel[0] = Mix(pixel[0], color.R, opacity);
        pixel[1] = Mix(pixel[1], color.G, opacity);
        pixel[2] = Mix(pixel[2], color.B, opacity);
    }

    public void Fill(Rectangle area, Color color, float opacity = 1)
    {
        var visible = area.Intersect(Bounds);
        for (var y = visible.Top; y < visible.Bottom; y++)
            for (var x = visible.Left; x < visible.Right; x++) Blend(x, y, color, opacity);
    }

    /// <summary>A frame whose outer edge is the rectangle's.</summary>
    public void Frame(Rectangle area, Color color, int thickness)
    {
        var inner = area with { Top = area.Top + thickness, Bottom = area.Bottom - thickness };
        Fill(area with { Bottom = Math.Min(area.Bottom, inner.Top) }, color);
        Fill(area with { Top = Math.Max(inner.Top, inner.Bottom) }, color);
        Fill(inner with { Right = area.Left + thickness }, color);
        Fill(inner with { Left = area.Right - thickness }, color);
    }

    /// <summary>Tints what a mask covers and draws a line along its edge.</summary>
    public void Mask(MaskShape mask, Color color, float opacity, float lineWidth)
    {
        var visible = mask.Area.Intersect(Bounds);
        for (var y = visible.Top; y < visible.Bottom; y++)
            for (var x = visible.Left; x < visible.Right; x++)
                if (mask.Contains(x, y)) Blend(x, y, color, opacity);

        var line = EdgeLine.Of(mask, lineWidth);
        visible = line.Area.Intersect(Bounds);
        for (var y = visible.Top; y < visible.Bottom; y++)
            for (var x = visible.Left; x < visible.Right; x++) Blend(x, y, color, line.Coverage(x, y));
    }

    /// <summary>A disc with a soft rim around a point.</summary>
    public void Disc(float centerX, float centerY, float radius, Color color)
    {
        var area = new Rectangle(
            (int)MathF.Floor(centerX - radius - 1), (int)MathF.Floor(centerY - radius - 1),
            (int)MathF.Ceiling(centerX + radius + 1), (int)MathF.Ceiling(centerY + radius + 1)).Intersect(Bounds);
        for (var y = area.Top; y < area.Bottom; y++)
            for (var x = area.Left; x < area.Right; x++)
            {
                var (dx, dy) = (x + 0.5f - centerX, y + 0.5f - centerY);
                Blend(x, y, color, Math.Clamp(radius + 0.5f - MathF.Sqrt((dx * dx) + (dy * dy)), 0, 1));
            }
    }

    /// <summary>Text with its capitals' top left corner at a point.</summary>
    public void Text(string text, float left, float top, float capHeight, Color color)
    {
        foreach (var stroke in StrokeFont.Layout(text, capHeight))
        {
            var radius = StrokeFont.LineWidth(capHeight) / 2;
            var area = stroke.Bounds(left, top, radius + 1);
            for (var y = area.Top; y < area.Bottom; y++)
                for (var x = area.Left; x < area.Right; x++)
                {
                    var distance = stroke.Distance(x + 0.5f - left, y + 0.5f - top);
                    Blend(x, y, color, Math.Clamp(radius + 0.5f - distance, 0, 1));
                }
        }
    }

    private static byte Mix(byte below, byte above, float opacity) => (byte)(below + (above - below) * opacity + 0.5f);
}
