namespace TrtBindings.Samples;

/// <summary>What colours stand for, in a corner of a picture.</summary>
internal static class Legend
{
    /// <summary>
    /// Writes names on their colours into the corner that hides least: the top left one, unless another hides less.
    /// </summary>
    /// <param name="canvas">The picture.</param>
    /// <param name="entries">Names of the colours, from the top.</param>
    /// <param name="avoid">What is not to be hidden.</param>
    public static void Draw(
        Canvas canvas, IReadOnlyList<(string Name, Color Color)> entries, IReadOnlyList<Rectangle> avoid)
    {
        var (picture, shortSide) = (canvas.Bounds, Math.Min(canvas.Bounds.Width, canvas.Bounds.Height));
        var capHeight = Math.Clamp(shortSide * 0.025f, 7, 60);
        var line = (int)MathF.Ceiling(StrokeFont.Height(capHeight) * 1.3f);
        var width = (int)entries.Select(entry => StrokeFont.Width(entry.Name, capHeight)).DefaultIfEmpty(0).Max() + line;
        var height = line * entries.Count;
        var corners =
            from top in new[] { 0, picture.Bottom - height }
            from left in new[] { 0, picture.Right - width }
            select new Rectangle(left, top, left + width, top + height);
        var place = corners.MinBy(corner => avoid.Sum(other => other.Intersect(corner).Area));
        for (var i = 0; i < entries.Count; i++)
        {
            var (name, color) = entries[i];
            var top = place.Top + (i * line);
            canvas.Fill(new(place.Left, top, place.Right, top + line), color);
            canvas.Text(name, place.Left + (line / 2f), top + ((line - capHeight) / 2), capHeight, color.Ink);
        }
    }
}
