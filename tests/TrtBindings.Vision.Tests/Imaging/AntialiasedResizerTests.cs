using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Imaging;

[Trait("Category", "Slow")]
public sealed class AntialiasedResizerTests
{
    [Fact]
    public void Four_by_four_pixels_become_the_reference_two_by_two() =>
        Resize([0, 50, 100, 150, 10, 60, 110, 160, 20, 70, 120, 170, 200, 210, 220, 255], 4, 4, 2, 2)
            .ShouldBe(new byte[] { 43, 121, 119, 175 });

    [Fact]
    public void Shrinking_uses_every_pixel()
    {
        Resize([0, 0, 0, 255], 4, 1, 2, 1).ShouldBe(new byte[] { 0, 109 });
        // 95.6, 113.3, 141.7, 159.4 before they are rounded.
        Resize([0, 255, 0, 255, 0, 255], 6, 1, 4, 1).ShouldBe(new byte[] { 96, 113, 142, 159 });
    }

    [Fact]
    public void Weights_from_four_to_two_are_the_triangle_of_double_width()
    {
        var weights = new AntialiasedWeights();
        weights.Prepare(4, 2, 0, 2, ResizeFilter.Bilinear);
        (weights.Starts[0], weights.Lengths[0], weights.Starts[1], weights.Lengths[1]).ShouldBe((0, 3, 1, 3));
        double[] expected = [3 / 7.0, 3 / 7.0, 1 / 7.0, 1 / 7.0, 3 / 7.0, 3 / 7.0];
        for (var i = 0; i < 6; i++)
            weights.Weights[(i / 3 * weights.Stride) + (i % 3)].ShouldBe((int)Math.Round(expected[i] * (1 << 22)));
    }

    [Theory]
    [InlineData(4, 4, 9, 7)]
    [InlineData(31, 17, 8, 8)]
    [InlineData(200, 100, 33, 40)]
    [InlineData(5, 300, 64, 20)]
    [InlineData(1, 1, 6, 5)]
    [InlineData(97, 89, 97, 89)]
    public void Every_format_filter_and_crop_equals_the_rule_pixel_by_pixel(int width, int height, int newWidth, int newHeight)
    {
        Check(width, height, CropGeometry.Centred(newWidth, newHeight, Math.Max(newWidth - 3, 1), Math.Max(newHeight - 2, 1)));
        Check(width, height, CropGeometry.Stretched(newWidth, newHeight));
    }

    /// <summary>The first pixel of the crop is one of the image. The next one also needs the pixel before it.</summary>
    [Fact]
    public void A_crop_that_begins_on_a_pixel_of_the_image_equals_the_rule() =>
        Check(9, 8, CropGeometry.Centred(27, 24, 7, 4));

    [Fact]
    public void Rows_may_be_padded_and_the_memory_may_end_with_the_last_pixel()
    {
        var padded = new byte[(3 * 40) + (2 * 10 * 3) + 7];
        var dense = new byte[30 * 10];
        new Random(3).NextBytes(dense);
        for (var y = 0; y < 4; y++) dense.AsSpan(y * 30, 30).CopyTo(padded.AsSpan(y * 40));
        var crop = CropGeometry.Stretched(7, 3);
        var (left, right) = (
            new AntialiasedResizer(ResizeFilter.Bicubic), new AntialiasedResizer(ResizeFilter.Bicubic));
        var loose = new ImageView(padded.AsSpan(0, 150), 10, 4, PixelFormat.Rgb, 40);
        var tight = new ImageView(dense.AsSpan(0, 120), 10, 4, PixelFormat.Rgb);
        left.Begin(loose, crop);
        right.Begin(tight, crop);
        for (var y = 0; y < 3; y++) Colours(left.Row(loose, y)).ShouldBe(Colours(right.Row(tight, y)));
    }

    private static void Check(int width, int height, in CropGeometry crop)
    {
        foreach (var format in Enum.GetValues<PixelFormat>())
        {
            foreach (var filter in new[] { ResizeFilter.Bilinear, ResizeFilter.Bicubic })
            {
                var size = format.BytesPerPixel();
                var pixels = new byte[width * height * size];
                new Random(width).NextBytes(pixels);
                var resizer = new AntialiasedResizer(filter);
                var image = new ImageView(pixels, width, height, format);
                resizer.Begin(image, crop);
                for (var channel = 0; channel < 3; channel++)
                {
                    var offset = format switch
                    {
                        PixelFormat.Gray => 0,
                        PixelFormat.Bgr or PixelFormat.Bgra => 2 - channel,
                        _ => channel,
                    };
                    byte[] plane = [.. Enumerable.Range(0, width * height).Select(i => pixels[(i * size) + offset])];
                    var expected = ScalarPillow.Resize(
                        plane, width, height, crop.ResizedWidth, crop.ResizedHeight, filter);
                    for (var y = 0; y < crop.Height; y++)
                    {
                        var row = resizer.Row(image, y);
                        for (var x = 0; x < crop.Width; x++)
                            row[(4 * x) + channel].ShouldBe(expected[((crop.Top + y) * crop.ResizedWidth) + crop.Left + x]);
                    }
                }
            }
        }
    }

    /// <summary>Seven pixels without their unused bytes.</summary>
    private static byte[] Colours(ReadOnlySpan<byte> row) =>
        [.. row[..28].ToArray().Where((_, i) => i % 4 != 3)];

    private static byte[] Resize(byte[] pixels, int width, int height, int newWidth, int newHeight)
    {
        var resizer = new AntialiasedResizer(ResizeFilter.Bilinear);
        var image = new ImageView(pixels, width, height, PixelFormat.Gray);
        resizer.Begin(image, CropGeometry.Stretched(newWidth, newHeight));
        var result = new List<byte>();
        for (var y = 0; y < newHeight; y++)
            for (var x = 0; x < newWidth; x++) result.Add(resizer.Row(image, y)[4 * x]);
        return [.. result];
    }
}
