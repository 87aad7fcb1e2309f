using SkiaSharp;
using TrtBindings.Vision;

namespace TrtBindings.Samples;

/// <summary>Small parts of pictures in rows, each with a caption below it.</summary>
internal static class TileSheet
{
    private const int Gap = 4;

    /// <summary>
    /// The tiles in rows with captions that are readable at their size, each pixel repeated <paramref name="zoom"/> times.
    /// </summary>
    /// <param name="tiles">At least one; all of the first one's size.</param>
    /// <param name="columns">Tiles in a row.</param>
    /// <param name="zoom">Pixels of the sheet for each pixel of a tile.</param>
    public static SKBitmap Draw(
        IReadOnlyList<(SKBitmap Picture, SKRectI Part, string Caption, SKColor Color)> tiles, int columns, int zoom = 1)
    {
        var (width, height) = (tiles[0].Part.Width * zoom, tiles[0].Part.Height * zoom);
        // Seven letters fit under a tile.
        var textHeight = width / 5;
        var strip = textHeight * 8 / 5;
        columns = Math.Min(tiles.Count, columns);
        var rows = (tiles.Count + columns - 1) / columns;
        var sheet = new SKBitmap(
            (columns * (width + Gap)) + Gap, (rows * (height + strip + Gap)) + Gap, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(sheet);
        using var paint = new SKPaint();
        canvas.Clear(SKColors.Black);
        for (var i = 0; i < tiles.Count; i++)
        {
            var (picture, part, caption, color) = tiles[i];
            var place = SKRect.Create(
                (i % columns * (width + Gap)) + Gap, (i / columns * (height + strip + Gap)) + Gap, width, height);
            canvas.DrawBitmap(picture, part, place, SKSamplingOptions.Default);
            paint.Color = color;
            canvas.DrawRect(SKRect.Create(place.Left, place.Bottom, width, strip), paint);
            var top = place.Bottom + ((strip - textHeight) / 2);
            Overlay.DrawText(canvas, caption, place.Left + 4, top, textHeight, SKColors.White);
        }

        return sheet;
    }
}
