namespace TrtBindings.Samples;

/// <summary>Small pictures of one size in rows, each with its number below.</summary>
internal static class TileSheet
{
    private const int Columns = 8;
    private const int Gap = 4;
    private const int Strip = 20;
    private const int CapHeight = 11;

    /// <summary>The tiles, pixel for pixel, numbered from 1.</summary>
    /// <param name="tiles">At least one; all of the first one's size.</param>
    public static Picture Draw(IReadOnlyList<Picture> tiles)
    {
        var (width, height) = (tiles[0].Width, tiles[0].Height);
        var columns = Math.Min(tiles.Count, Columns);
        var rows = (tiles.Count + columns - 1) / columns;
        var result = new Picture((columns * (width + Gap)) + Gap, (rows * (height + Strip)) + Gap);
        var canvas = new Canvas(result);
        for (var i = 0; i < tiles.Count; i++)
        {
            var (left, top) = ((i % columns * (width + Gap)) + Gap, (i / columns * (height + Strip)) + Gap);
            for (var y = 0; y < height; y++)
            {
                tiles[i].Rgb.AsSpan(y * width * 3, width * 3)
                    .CopyTo(result.Rgb.AsSpan((((top + y) * result.Width) + left) * 3));
            }

            var text = $"{i + 1}";
            canvas.Text(
                text, left + ((width - StrokeFont.Width(text, CapHeight)) / 2), top + height + 4, CapHeight, Color.White);
        }

        return result;
    }
}
