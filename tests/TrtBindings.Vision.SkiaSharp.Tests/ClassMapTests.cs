using SkiaSharp;
using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests;

/// <summary>Class maps as drawings, bitmaps and masks, from the shipped model.</summary>
public sealed class ClassMapTests : IDisposable
{
    private readonly SKBitmap _photo =
        ImageFile.Read(Path.Combine(TestPaths.RepositoryRoot, "samples", "images", "still-life.png"));
    private readonly ClassMap<DeskClass> _map = new();

    public ClassMapTests()
    {
        using var model = new UntypedSegmenter<DeskClass>(UntypedModel.Load(
            Path.Combine(TestPaths.RepositoryRoot, "samples", "models", "desk-semantic", "desk-semantic.onnx")));
        using var engine = SemanticSegmentationEngine.Create(
            model, SegmentationPreprocessing.UnitRange with { ShortSide = 192 }, new() { Space = ClassMapSpace.Model });
        engine.Segment(_photo.AsView(), _map);
    }

    public void Dispose() => _photo.Dispose();

    [Fact]
    public void Classes_are_tinted_in_their_colours_the_background_is_not_and_a_legend_names_them()
    {
        using var drawing = Overlay.Draw(_photo, _map);
        (drawing.Width, drawing.Height).ShouldBe((_photo.Width, _photo.Height));
        var colors = new OverlayOptions().Colors;
        var (scaleX, scaleY) = (_photo.Width / (double)_map.Width, _photo.Height / (double)_map.Height);
        var (tinted, bare) = (0, 0);
        for (var y = 40; y < _map.Height - 4; y++)
            for (var x = 60; x < _map.Width - 4; x++)
            {
                // Away from edges, where lines are.
                var index = _map[x, y];
                if (Enumerable.Range(0, 49).Any(i => _map[x + (i % 7) - 3, y + (i / 7) - 3] != index)) continue;
                var (px, py) = ((int)((x + .5) * scaleX), (int)((y + .5) * scaleY));
                var (before, after) = (_photo.GetPixel(px, py), drawing.GetPixel(px, py));
                if (index == 0)
                {
                    after.ShouldBe(before);
                    bare++;
                    continue;
                }

                var color = colors[index % colors.Count];
                ((double)after.Red).ShouldBe((before.Red * .6) + (color.Red * .4), 2);
                ((double)after.Blue).ShouldBe((before.Blue * .6) + (color.Blue * .4), 2);
                tinted++;
            }

        tinted.ShouldBeGreaterThan(1000);
        bare.ShouldBeGreaterThan(1000);
        foreach (var label in Enum.GetValues<DeskClass>().Where(label => label != 0 && _map.AreaOf(label) > 0))
        {
            var color = colors[_map.IndexOf(label) % colors.Count];
            Enumerable.Range(0, 300).Any(y => drawing.GetPixel(16, y) == color).ShouldBeTrue($"{label}");
        }

        using var bare2 = Overlay.Draw(_photo, _map, new() { Legend = false });
        bare2.GetPixel(2, 2).ShouldBe(_photo.GetPixel(2, 2));
    }

    [Fact]
    public void The_mask_of_a_class_has_its_pixels()
    {
        foreach (var label in Enum.GetValues<DeskClass>())
        {
            var mask = _map.MaskOf(label);
            (mask.FrameWidth, mask.FrameHeight, mask.Area).ShouldBe((_map.Width, _map.Height, _map.AreaOf(label)));
        }

        var first = _map.MaskOfIndex(_map[_map.Width / 2, _map.Height / 2]);
        first[_map.Width / 2, _map.Height / 2].ShouldBeTrue();
        _map.MaskOfIndex(256).Area.ShouldBe(0);
        new ClassMap<DeskClass>().MaskOf(default).Area.ShouldBe(0);
    }

    [Fact]
    public void A_PNG_of_a_map_holds_the_class_indices()
    {
        using var bitmap = _map.ToBitmap();
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        HandMadePng.Decode(png.ToArray()).Rgb.Where((_, i) => i % 3 == 0).ShouldBe(_map.Values.ToArray());
        Should.Throw<ImageException>(() => new ClassMap<DeskClass>().ToBitmap());
        Should.Throw<ImageException>(() => Overlay.Draw(_photo, new ClassMap<DeskClass>()));
    }
}
