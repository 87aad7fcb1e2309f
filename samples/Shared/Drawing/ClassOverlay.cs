namespace TrtBindings.Samples;

/// <summary>A picture of classes over the picture that they are of.</summary>
internal static class ClassOverlay
{
    private const float Opacity = 0.5f;

    /// <summary>
    /// A copy of the picture, tinted where the other is not black, with a line where its colours meet and a legend in the
    /// top left corner.
    /// </summary>
    /// <param name="picture">The picture.</param>
    /// <param name="painted">A colour for each of its pixels; black for none.</param>
    /// <param name="legend">Names of the colours.</param>
    /// <exception cref="ArgumentException">The pictures are not of one size.</exception>
    public static Picture Draw(Picture picture, Picture painted, IReadOnlyList<(string Name, Color Color)> legend)
    {
        if ((painted.Width, painted.Height) != (picture.Width, picture.Height))
        {
            throw new ArgumentException(
                $"{painted.Width} x {painted.Height} pixels do not cover {picture.Width} x {picture.Height}.", nameof(painted));
        }

        var result = picture.Copy();
        var canvas = new Canvas(result);
        for (var y = 0; y < picture.Height; y++)
            for (var x = 0; x < picture.Width; x++) Tint(canvas, painted, x, y);
        Legend.Draw(canvas, legend, []);
        return result;
    }

    private static void Tint(Canvas canvas, Picture painted, int x, int y)
    {
        var here = At(painted, x, y);
        var right = At(painted, Math.Min(x + 1, painted.Width - 1), y);
        var below = At(painted, x, Math.Min(y + 1, painted.Height - 1));
        if (here != right || here != below) canvas.Blend(x, y, Color.White, 1);
        else if (here != default) canvas.Blend(x, y, here, Opacity);
    }

    private static Color At(Picture picture, int x, int y)
    {
        var pixel = picture.Rgb.AsSpan((y * picture.Width + x) * 3, 3);
        return new(pixel[0], pixel[1], pixel[2]);
    }
}
