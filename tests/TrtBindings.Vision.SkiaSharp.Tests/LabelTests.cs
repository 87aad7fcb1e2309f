using SkiaSharp;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests;

/// <summary>Text and the places of labels.</summary>
public sealed class LabelTests
{
    [Fact]
    public void Every_printable_ASCII_character_has_a_glyph_of_its_own()
    {
        var missing = Ink("\u4e2d");
        missing.Max().ShouldBeGreaterThan((byte)150);
        for (var character = '!'; character <= '~'; character++)
        {
            var ink = Ink(character.ToString());
            ink.SequenceEqual(missing).ShouldBeFalse($"'{character}' is drawn as the box of a missing character");
            ink.Max().ShouldBeGreaterThan((byte)150, $"'{character}' is blank");
        }
    }

    [Fact]
    public void Letters_with_accents_are_drawn_without_them() => Ink("Caf\u00e9").ShouldBe(Ink("Cafe"));

    [Theory]
    [InlineData(7)]
    [InlineData(14)]
    [InlineData(22)]
    public void Text_is_as_wide_and_high_as_it_is_said_to_be(float height)
    {
        using var bitmap = new SKBitmap(400, 60, SKColorType.Gray8, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        var width = Overlay.DrawText(canvas, "HCoffee cup 0.91", 4, 10, height, SKColors.White);
        var columns = Enumerable.Range(0, 400)
            .Where(x => Enumerable.Range(0, 60).Any(y => bitmap.GetPixel(x, y).Red > 90)).ToArray();
        (columns[^1] - 4f).ShouldBeInRange(width - 3, width + 3);
        var first = Enumerable.Range(0, 60).Where(y => bitmap.GetPixel(4, y).Red > 90).ToArray();
        (first[^1] - first[0] + 1f).ShouldBeInRange(height - 1, height + (0.14f * height) + 1);
    }

    [SkippableFact]
    public void A_typeface_of_the_callers_is_used_at_the_same_height()
    {
        const string File = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
        Skip.IfNot(System.IO.File.Exists(File), $"{File} is not there.");
        using var typeface = SKTypeface.FromFile(File);
        using var font = new LabelFont(typeface, 20);
        using var bitmap = new SKBitmap(100, 60, SKColorType.Gray8, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        font.Draw(canvas, "H", 10, 10, SKColors.White);
        var rows = Enumerable.Range(0, 60)
            .Where(y => Enumerable.Range(0, 100).Any(x => bitmap.GetPixel(x, y).Red > 90)).ToArray();
        rows[0].ShouldBeInRange(9, 11);
        rows.Length.ShouldBeInRange(19, 21);
        font.WidthOf("HH").ShouldBe(2 * font.WidthOf("H"), 0.5f);

        using var picture = new SKBitmap(300, 300);
        Detection<DeskLabel>[] found = [new(DeskLabel.Mug, 0, .9f, new(80, 80, 140, 140))];
        using var own = Overlay.Draw(picture, found, new() { Typeface = typeface });
        using var builtIn = Overlay.Draw(picture, found);
        own.GetPixelSpan().SequenceEqual(builtIn.GetPixelSpan()).ShouldBeFalse();
    }

    [Fact]
    public void Labels_stay_in_the_picture_and_off_each_other()
    {
        var bounds = SKRect.Create(640, 480);
        var plates = new LabelPlates(640, 480);
        var random = new Random(3);
        var placed = new List<SKRect>();
        for (var i = 0; i < 12; i++)
        {
            var (left, top) = (random.Next(600), random.Next(440));
            var box = SKRect.Create(left, top, 20 + random.Next(200), 20 + random.Next(200));
            var plate = plates.Place(SKRect.Intersect(box, bounds), new(90, 18));
            bounds.Contains(plate).ShouldBeTrue();
            placed.ShouldAllBe(other => LabelPlates.SharedArea(other, plate) == 0);
            placed.Add(plate);
        }
    }

    [Theory]
    [InlineData(0, 0, 99, 99, 299, 1)]
    [InlineData(0, 0, 300, 99, 1, 298)]
    [InlineData(99, 99, 300, 300, 1, 1)]
    public void A_legend_is_in_the_corner_where_it_hides_nothing(int left, int top, int right, int bottom, int x, int y)
    {
        using var bitmap = new SKBitmap(300, 300, SKColorType.Rgba8888, SKAlphaType.Opaque);
        bitmap.Erase(SKColors.White);
        using var canvas = new SKCanvas(bitmap);
        using var font = new LabelFont(null, 8);
        Legend.Draw(canvas, new(300, 300), font, [("one", SKColors.Red), ("two", SKColors.Red)], [new(left, top, right, bottom)]);
        bitmap.GetPixel(x, y).ShouldNotBe(SKColors.White);
        bitmap.GetPixel(150, 150).ShouldBe(SKColors.White);
    }

    private static byte[] Ink(string text)
    {
        using var bitmap = new SKBitmap(200, 40, SKColorType.Gray8, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        Overlay.DrawText(canvas, text, 4, 8, 14, SKColors.White);
        return bitmap.GetPixelSpan().ToArray();
    }
}
