using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Hostile;

/// <summary>Every engine, on unusual and empty pictures.</summary>
public sealed class PictureTests
{
    public static TheoryData<string> Names => EngineUnderTest.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void One_pixel_and_threads_of_pixels_are_pictures(string name)
    {
        using var engine = EngineUnderTest.Of(name);
        foreach (var (width, height) in new[] { (1, 1), (1, 4000), (4000, 1), (2, 3), (257, 1) })
        {
            var photo = Photos.Plain(width, height, 200, 120, 40);
            engine.One(photo).ShouldBe(engine.Many([photo]).ShouldHaveSingleItem(), $"{width} x {height}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Padding_between_rows_and_the_order_of_channels_change_nothing(string name)
    {
        using var engine = EngineUnderTest.Of(name);
        var photo = BlobPhotos.Make(3, 75, 50);
        var expected = engine.One(photo);
        expected.ShouldNotBeEmpty();
        foreach (var format in new[] { PixelFormat.Rgb, PixelFormat.Bgr, PixelFormat.Rgba, PixelFormat.Bgra })
            foreach (var padding in new[] { 0, 1, 64 })
                engine.One(Laid(photo, format, padding)).ShouldBe(expected, $"{format} {padding}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_grey_picture_is_one_of_three_equal_colours(string name)
    {
        using var engine = EngineUnderTest.Of(name);
        var grey = BlobPhotos.Make(4, 60, 45, PixelFormat.Gray);
        engine.One(grey).ShouldBe(engine.One(new(
            grey.Pixels.ToArray().SelectMany(value => new[] { value, value, value }).ToArray(), 60, 45, PixelFormat.Rgb)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_picture_and_more_than_fit_are_typed_errors_and_the_next_call_is_as_before(string name)
    {
        using var engine = EngineUnderTest.Of(name);
        var photo = BlobPhotos.Make(3, 75, 50);
        var before = engine.One(photo);
        Should.Throw<ImageException>(() => engine.One(default)).Message.ShouldContain("empty");
        Should.Throw<ImageException>(() => engine.Many([default]));
        Should.Throw<TensorException>(() => engine.Many([])).Message.ShouldContain("not 0");
        Should.Throw<TensorException>(() => engine.Many([photo, photo])).Message.ShouldContain("1 image, not 2");
        engine.One(photo).ShouldBe(before);
    }

    /// <summary>The same pixels in another format, with bytes of noise behind each row.</summary>
    private static ImageMemory Laid(ImageMemory photo, PixelFormat format, int padding)
    {
        var size = format.BytesPerPixel();
        var stride = (photo.Width * size) + padding;
        var pixels = new byte[(stride * photo.Height) - padding];
        new Random(1).NextBytes(pixels);
        var (red, green, blue) = format.ChannelOffsets();
        for (var i = 0; i < photo.Width * photo.Height; i++)
        {
            var at = (i / photo.Width * stride) + (i % photo.Width * size);
            var source = photo.Pixels.Slice(3 * i, 3);
            (pixels[at + red], pixels[at + green], pixels[at + blue]) = (source[0], source[1], source[2]);
        }

        return new(pixels, photo.Width, photo.Height, format, stride);
    }
}
