namespace TrtBindings.Vision.Tests.Imaging;

public sealed class ImageViewTests
{
    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, 0)]
    [InlineData(-1, 10)]
    public void A_picture_of_zero_size_is_a_typed_error(int width, int height) =>
        Should.Throw<ImageException>(() => new ImageView(new byte[300], width, height, PixelFormat.Rgb).Width)
            .Message.ShouldContain($"{width} x {height}");

    [Fact]
    public void A_stride_below_a_row_is_a_typed_error() =>
        Should.Throw<ImageException>(() => new ImageView(new byte[300], 10, 10, PixelFormat.Rgb, 29).Width)
            .Message.ShouldContain("stride is 29");

    [Fact]
    public void A_negative_stride_is_a_typed_error() =>
        Should.Throw<ImageException>(() => new ImageView(new byte[300], 10, 10, PixelFormat.Rgb, -30).Width)
            .Message.ShouldContain("-30");

    [Fact]
    public void Memory_that_is_too_short_is_a_typed_error() =>
        Should.Throw<ImageException>(() => new ImageView(new byte[299], 10, 10, PixelFormat.Rgb).Width)
            .Message.ShouldContain("300 bytes");

    [Theory]
    [InlineData(400, PixelFormat.Rgb, "Rgba or Bgra")]
    [InlineData(400, PixelFormat.Bgr, "Rgba or Bgra")]
    [InlineData(400, PixelFormat.Gray, "Rgba or Bgra")]
    [InlineData(300, PixelFormat.Gray, "Rgb or Bgr")]
    public void Memory_that_is_exactly_another_formats_is_a_typed_error_that_names_it(
        int bytes, PixelFormat format, string likely)
    {
        Should.Throw<ImageException>(() => new ImageView(new byte[bytes], 10, 10, format).Width).Message.ShouldContain(likely);
        Should.Throw<ImageException>(() => new ImageMemory(new byte[bytes], 10, 10, format)).Message.ShouldContain(likely);
        new ImageView(new byte[bytes], 10, 10, format, 10 * format.BytesPerPixel()).Width.ShouldBe(10);
        new ImageView(new byte[bytes + 1], 10, 10, format).Width.ShouldBe(10);
    }

    [Theory]
    [InlineData(50_000, 50_000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(int.MaxValue, 1)]
    public void A_picture_bigger_than_memory_is_a_typed_error(int width, int height) =>
        Should.Throw<ImageException>(() => new ImageMemory(new byte[300], width, height, PixelFormat.Rgba))
            .Message.ShouldContain("more than one span holds");

    [Fact]
    public void An_unknown_format_is_a_typed_error() =>
        Should.Throw<ImageException>(() => new ImageView(new byte[300], 5, 5, (PixelFormat)9).Width)
            .Message.ShouldContain("9 is not a pixel format");

    [Fact]
    public void An_image_becomes_a_view_of_the_same_pixels()
    {
        var image = new ImageMemory(new byte[50], 2, 3, PixelFormat.Bgr, 16);
        ImageView view = image;
        (view.Width, view.Height, view.Format, view.Stride, view.Pixels.Length).ShouldBe((2, 3, PixelFormat.Bgr, 16, 50));
    }

    [Fact]
    public void A_default_image_is_refused_when_it_is_used() =>
        Should.Throw<ImageException>(() => new LetterboxResizer().Run(default(ImageMemory), new float[48], 4, 4))
            .Message.ShouldContain("default");
}
