using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.SemanticSegmentation;

public sealed class PaletteTests
{
    [Fact]
    public void VOC_colours_are_the_published_ones()
    {
        Rgb[] expected =
        [
            new(0, 0, 0), new(128, 0, 0), new(0, 128, 0), new(128, 128, 0), new(0, 0, 128), new(128, 0, 128), new(0, 128, 128),
            new(128, 128, 128), new(64, 0, 0), new(192, 0, 0), new(64, 128, 0), new(192, 128, 0), new(64, 0, 128),
            new(192, 0, 128), new(64, 128, 128), new(192, 128, 128), new(0, 64, 0), new(128, 64, 0), new(0, 192, 0),
            new(128, 192, 0), new(0, 64, 128),
        ];
        for (var i = 0; i < expected.Length; i++) Palette.Voc[i].ShouldBe(expected[i]);
        Palette.Voc[Palette.Void].ShouldBe(new(224, 224, 192));
        Enumerable.Range(0, 256).Select(i => Palette.Voc[i]).Distinct().Count().ShouldBe(256);
    }

    [Fact]
    public void Cityscapes_has_19_classes_and_a_black_void()
    {
        Palette.Cityscapes[0].ShouldBe(new(128, 64, 128));
        Palette.Cityscapes[18].ShouldBe(new(119, 11, 32));
        Enumerable.Range(0, 19).Select(i => Palette.Cityscapes[i]).Distinct().Count().ShouldBe(19);
        Enumerable.Range(19, 237).ShouldAllBe(i => Palette.Cityscapes[i] == default);
    }

    [Fact]
    public void A_palette_of_the_callers_paints_a_map()
    {
        var map = new ClassMap<Thing>();
        new byte[] { 0, 1, 2, 1, 255, 0 }.CopyTo(map.Begin(3, 2, 0));
        map.Count();
        var red = new Rgb(200, 1, 2);
        var picture = map.Paint(new Palette(default, red));
        (picture.Width, picture.Height, picture.Format).ShouldBe((3, 2, PixelFormat.Rgb));
        picture.Pixels.ToArray().ShouldBe(
            new byte[] { 0, 0, 0, 200, 1, 2, 0, 0, 0, 200, 1, 2, 0, 0, 0, 0, 0, 0 });
        Should.Throw<ArgumentException>(() => map.Paint(Palette.Voc, new byte[17])).Message.ShouldContain("18");
        Should.Throw<ArgumentException>(() => new Palette(new Rgb[257]));
    }

    [Fact]
    public void A_map_counts_its_pixels_and_takes_a_byte_for_each()
    {
        var map = new ClassMap<Thing>();
        map.Begin(2048, 1024, 0).Length.ShouldBe(2_097_152);
        map.Begin(512, 512, 0).Length.ShouldBe(262_144);
        new byte[] { 0, 1, 2, 1, 255, 0 }.CopyTo(map.Begin(3, 2, 0));
        map.Count();
        (map.AreaOf(Thing.Cup), map.AreaOf(Thing.Plate), map.AreaOf(Thing.Spoon), map.AreaOf(Thing.Fork)).ShouldBe((2, 2, 1, 0));
        (map.AreaOfIndex(255), map.AreaOfIndex(256), map.AreaOfIndex(-1)).ShouldBe((1, 0, 0));
        (map[1, 0], map.LabelAt(2, 0)).ShouldBe(((byte)1, Thing.Spoon));
        Should.Throw<ArgumentOutOfRangeException>(() => map[3, 0]);
        Should.Throw<ArgumentOutOfRangeException>(() => map[0, -1]);
    }

    [Fact]
    public void Areas_of_a_large_map_count_every_pixel()
    {
        var map = new ClassMap<Thing>();
        var random = new Random(1);
        // Long runs of one class, noise, and a last part that is shorter than a vector.
        foreach (var (width, height) in new[] { (640, 11), (77, 3), (31, 1), (32, 2) })
        {
            var values = map.Begin(width, height, 0);
            for (var i = 0; i < values.Length; i++) values[i] = (byte)(i % 200 < 100 ? i / 200 % 4 : random.Next(256));
            map.Count();
            for (var index = 0; index < 256; index++) map.AreaOfIndex(index).ShouldBe(map.Values.Count((byte)index));
        }
    }
}
