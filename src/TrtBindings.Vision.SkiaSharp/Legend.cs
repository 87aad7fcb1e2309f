using SkiaSharp;

namespace TrtBindings.Vision;

/// <summary>A panel in a corner of a picture that says what colours stand for.</summary>
internal static class Legend
{
    private static readonly SKColor Panel = new(16, 16, 16, 200);

    /// <summary>Draws the panel in the corner where it hides least, the top left one if all are equal.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="size">Size of the picture.</param>
    /// <param name="font">The font.</param>
    /// <param name="entries">Texts with their colours, from the top.</param>
    /// <param name="avoid">What should not be hidden.</param>
    public static void Draw(
        SKCanvas canvas, SKSize size, LabelFont font, IReadOnlyList<(string Text, SKColor Color)> entries,
        IReadOnlyList<SKRect> avoid)
    {
        if (entries.Count == 0) return;
        var line = MathF.Ceiling((font.Height + font.Descent) * 1.35f);
        var swatch = font.Height;
        var margin = font.Height * 0.7f;
        var width = (2.7f * margin) + swatch + entries.Max(entry => font.WidthOf(entry.Text));
        var height = (line * entries.Count) + margin;
        var corners =
            from top in new[] { 0, size.Height - height }
            from left in new[] { 0, size.Width - width }
            select SKRect.Create(left, top, width, height);
        var place = corners.MinBy(corner => avoid.Sum(other => LabelPlates.SharedArea(other, corner)));
        using var paint = new SKPaint { Color = Panel, IsAntialias = true };
        canvas.DrawRect(place, paint);
        for (var i = 0; i < entries.Count; i++)
        {
            var top = place.Top + (margin / 2) + (i * line) + ((line - font.Height) / 2);
            paint.Color = entries[i].Color;
            canvas.DrawRect(SKRect.Create(place.Left + margin, top, swatch, swatch), paint);
            font.Draw(canvas, entries[i].Text, place.Left + (1.7f * margin) + swatch, top, SKColors.White);
        }
    }
}
