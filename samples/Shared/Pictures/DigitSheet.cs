using System.Text.Json;
using TrtBindings.Vision;

namespace TrtBindings.Samples;

/// <summary>A picture of many small ones in rows, and which class each of them is of.</summary>
internal sealed class DigitSheet
{
    private readonly Picture _picture;
    private readonly int _columns;

    private DigitSheet(Picture picture, int tile, int columns, int[] labels)
    {
        (_picture, _columns, TileSide, Labels) = (picture, columns, tile, labels);
        Tiles = [.. labels.Select((_, i) => Tile(i))];
    }

    /// <summary>Side of a tile in pixels.</summary>
    public int TileSide { get; }

    /// <summary>The class of each tile.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>Each tile, seen in the sheet's own memory.</summary>
    public IReadOnlyList<Image> Tiles { get; }

    /// <summary>Reads the picture that a folder's annotations.json names.</summary>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="PictureException">The picture cannot be read.</exception>
    public static DigitSheet Read(string folder)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "annotations.json")));
        var root = file.RootElement;
        return new(
            PictureFile.Read(Path.Combine(folder, root.GetProperty("picture").GetString()!)),
            root.GetProperty("tile").GetInt32(), root.GetProperty("columns").GetInt32(),
            [.. root.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())]);
    }

    /// <summary>
    /// The tiles at twice their size, under each the class that was found; a wrong one on red, with the right one.
    /// </summary>
    /// <param name="found">A class for each tile.</param>
    public Picture Draw(IReadOnlyList<int> found)
    {
        const int Zoom = 2, Strip = 20, CapHeight = 11;
        var side = TileSide * Zoom;
        var rows = (Labels.Count + _columns - 1) / _columns;
        var result = new Picture(_columns * side, rows * (side + Strip));
        var canvas = new Canvas(result);
        for (var i = 0; i < Labels.Count; i++)
        {
            var (left, top) = (i % _columns * side, i / _columns * (side + Strip));
            for (var y = 0; y < side; y++)
                for (var x = 0; x < side; x++) canvas.Blend(left + x, top + y, ColorOf(i, x / Zoom, y / Zoom), 1);

            var (text, color) = found[i] == Labels[i]
                ? ($"{found[i]}", new Color(24, 96, 48)) : ($"{found[i]} not {Labels[i]}", new Color(200, 32, 32));
            canvas.Fill(new(left + 1, top + side, left + side - 1, top + side + Strip - 2), color);
            var indent = (side - StrokeFont.Width(text, CapHeight)) / 2;
            canvas.Text(text, left + indent, top + side + 4, CapHeight, Color.White);
        }

        return result;
    }

    private Image Tile(int index) => new(
        _picture.Rgb.AsMemory(OffsetOf(index, 0, 0)), TileSide, TileSide, PixelFormat.Rgb, _picture.Width * 3);

    private Color ColorOf(int index, int x, int y)
    {
        var pixel = _picture.Rgb.AsSpan(OffsetOf(index, x, y), 3);
        return new(pixel[0], pixel[1], pixel[2]);
    }

    private int OffsetOf(int index, int x, int y) =>
        (((index / _columns * TileSide) + y) * _picture.Width + (index % _columns * TileSide) + x) * 3;
}
