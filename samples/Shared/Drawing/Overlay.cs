namespace TrtBindings.Samples;

/// <summary>Masks, boxes, key points and labels over a picture, sized to the picture.</summary>
internal static class Overlay
{
    private const float MaskOpacity = 0.4f;

    /// <summary>
    /// A copy of the picture with the items on it, each in its own colour, small ones over large ones.
    /// </summary>
    public static Picture Draw(Picture picture, IReadOnlyList<OverlayItem> items)
    {
        var result = picture.Copy();
        var canvas = new Canvas(result);
        var shortSide = Math.Min(picture.Width, picture.Height);
        var line = Math.Max(1, (int)MathF.Round(shortSide / 360f));
        var capHeight = Math.Clamp(shortSide * 0.018f, 7, 60);

        int[] largestFirst = [.. Enumerable.Range(0, items.Count).OrderByDescending(i => items[i].Box.Area)];
        foreach (var i in largestFirst)
            if (items[i].Mask is { } mask) canvas.Mask(mask, Color.Of(i), MaskOpacity, line + 0.5f);
        foreach (var i in largestFirst)
        {
            if (items[i].Corners.Count > 0) canvas.Line([.. items[i].Corners, items[i].Corners[0]], Color.Of(i), line + 0.5f);
            else canvas.Frame(items[i].Box, Color.Of(i), line);
        }

        foreach (var i in largestFirst)
        {
            canvas.Line(items[i].Points, Color.Of(i), line + 0.5f);
            foreach (var (x, y) in items[i].Points)
            {
                canvas.Disc(x, y, line * 3f, Color.White);
                canvas.Disc(x, y, line * 2f, Color.Of(i));
            }
        }

        var plates = new LabelPlates(canvas.Bounds);
        var padding = (int)MathF.Ceiling(capHeight * 0.45f);
        for (var i = 0; i < items.Count; i++)
        {
            var width = (int)MathF.Ceiling(StrokeFont.Width(items[i].Label, capHeight)) + 2 * padding;
            var height = (int)MathF.Ceiling(StrokeFont.Height(capHeight)) + 2 * padding - (int)(capHeight * 0.25f);
            var plate = plates.Place(items[i].Box, width, height);
            canvas.Fill(plate, Color.Of(i));
            canvas.Text(items[i].Label, plate.Left + padding, plate.Top + padding, capHeight, Color.Of(i).Ink);
        }

        return result;
    }
}
