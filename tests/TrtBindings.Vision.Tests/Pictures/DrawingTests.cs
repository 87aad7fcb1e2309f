using TrtBindings.Samples;

namespace TrtBindings.Vision.Tests.Pictures;

public sealed class DrawingTests
{
    [Fact]
    public void Every_printable_ASCII_character_has_a_glyph_of_its_own()
    {
        for (var character = '!'; character <= '~'; character++)
        {
            var ink = Ink(character.ToString());
            ink.SequenceEqual(Ink("\u00E9")).ShouldBeFalse($"'{character}' is drawn as the box of a missing character");
            ink.Max().ShouldBeGreaterThan((byte)150, $"'{character}' is blank");
        }
    }

    [Fact]
    public void Text_is_as_wide_as_it_is_said_to_be()
    {
        var ink = Ink("Coffee cup 0.91");
        var last = Enumerable.Range(0, 400).Last(x => Enumerable.Range(0, 40).Any(y => ink[(y * 400 + x) * 3] > 0));
        var right = 4 + (int)StrokeFont.Width("Coffee cup 0.91", 14);
        last.ShouldBeInRange(right - 2, right + 2);
    }

    [Fact]
    public void Labels_stay_in_the_picture_and_off_each_other()
    {
        var bounds = new Rectangle(0, 0, 640, 480);
        var plates = new LabelPlates(bounds);
        var random = new Random(3);
        var placed = new List<Rectangle>();
        for (var i = 0; i < 12; i++)
        {
            var (left, top) = (random.Next(600), random.Next(440));
            var box = new Rectangle(
                left, top, Math.Min(640, left + 20 + random.Next(200)), Math.Min(480, top + 20 + random.Next(200)));
            var plate = plates.Place(box, 90, 18);
            plate.ShouldBe(plate.MovedInto(bounds));
            placed.ShouldAllBe(other => other.Intersect(plate).IsEmpty);
            placed.Add(plate);
        }
    }

    [Fact]
    public void Text_can_be_read_on_every_colour() =>
        Enumerable.Range(0, 12).Select(Color.Of).ShouldAllBe(color => color.ContrastWith(color.Ink) > 4);

    [Fact]
    public void An_overlay_tints_the_mask_draws_its_edge_and_leaves_the_rest()
    {
        var picture = new Picture(200, 200);
        Array.Fill(picture.Rgb, (byte)100);
        var mask = new byte[40 * 40];
        mask.AsSpan().Fill(1);
        var item = new OverlayItem("Coin 0.90", new(80, 80, 140, 140), new(new(90, 90, 130, 130), mask));
        var result = Overlay.Draw(picture, [item]);
        picture.Rgb.ShouldAllBe(value => value == 100);

        Color At(int x, int y) => new(
            result.Rgb[(y * 200 + x) * 3], result.Rgb[(y * 200 + x) * 3 + 1], result.Rgb[(y * 200 + x) * 3 + 2]);
        At(85, 85).ShouldBe(new(100, 100, 100));
        At(170, 170).ShouldBe(new(100, 100, 100));
        At(90, 110).ShouldBe(Color.Of(0));
        At(80, 110).ShouldBe(Color.Of(0));
        At(110, 110).R.ShouldBeInRange((byte)101, (byte)(Color.Of(0).R - 1));
    }

    [Fact]
    public void A_picture_smaller_than_its_label_is_drawn_without_an_error()
    {
        var mask = new MaskShape(new(-1, -1, 2, 2), [1, 1, 1, 1, 1, 1, 1, 1, 1]);
        var item = new OverlayItem("A long label", new(-5, -5, 9, 9), mask);
        Overlay.Draw(new(1, 1), [item, item]).Width.ShouldBe(1);
    }

    private static byte[] Ink(string text)
    {
        var picture = new Picture(400, 40);
        new Canvas(picture).Text(text, 4, 8, 14, Color.White);
        return picture.Rgb;
    }
}
