using System.Text.Json;
using SkiaSharp;
using TrtBindings.Vision;

namespace TrtBindings.Samples;

/// <summary>A picture of many small ones in rows, and the class of each of them.</summary>
internal sealed class DigitSheet : IDisposable
{
    private readonly int _tile;
    private readonly int _columns;

    private DigitSheet(SKBitmap picture, int tile, int columns, int[] labels)
    {
        (Picture, _tile, _columns, Labels) = (picture, tile, columns, labels);
        Tiles = [.. labels.Select((_, i) => PartOf(i)).Select(part =>
            picture.AsImage().Crop(part.Left, part.Top, part.Width, part.Height))];
    }

    /// <summary>All tiles.</summary>
    public SKBitmap Picture { get; }

    /// <summary>The class of each tile.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>Each tile, over the picture's own memory.</summary>
    public IReadOnlyList<ImageMemory> Tiles { get; }

    /// <summary>Reads the picture that a folder's annotations.json names.</summary>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="ImageException">The picture cannot be read.</exception>
    public static DigitSheet Read(string folder)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "annotations.json")));
        var root = file.RootElement;
        return new(
            ImageFile.Read(Path.Combine(folder, root.GetProperty("picture").GetString()!)),
            root.GetProperty("tile").GetInt32(), root.GetProperty("columns").GetInt32(),
            [.. root.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())]);
    }

    /// <summary>Where a tile is in the picture.</summary>
    public SKRectI PartOf(int index) =>
        SKRectI.Create(index % _columns * _tile, index / _columns * _tile, _tile, _tile);

    public void Dispose() => Picture.Dispose();
}
