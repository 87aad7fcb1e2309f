using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Scrfd;

/// <summary>The vectors of InsightFace's resize, placement and normalisation.</summary>
public sealed class GeometryTests
{
    [Theory]
    [InlineData(480, 640, 640, 480, 1.0)]
    [InlineData(1080, 1920, 640, 360, 0.333333)]
    [InlineData(1200, 1200, 640, 640, 0.533333)]
    [InlineData(887, 1280, 640, 443, 0.499436)]
    [InlineData(333, 500, 640, 426, 1.279279)]
    public void Sides_are_cut_down_and_the_scale_is_the_heights(int height, int width, int newWidth, int newHeight, double scale)
    {
        var geometry = ScrfdGeometry.Fit(width, height, 640, 640);
        (geometry.Placement.Width, geometry.Placement.Height).ShouldBe((newWidth, newHeight));
        (geometry.Placement.Left, geometry.Placement.Top).ShouldBe((0, 0));
        geometry.Scale.ShouldBe((float)scale, 1e-6f);
    }

    [Theory]
    [InlineData(1024, 1305, 640, 640, 502, 640)]
    [InlineData(1280, 886, 640, 480, 640, 443)]
    [InlineData(10_000, 1, 640, 640, 640, 1)]
    [InlineData(1, 10_000, 640, 640, 1, 640)]
    public void Tall_and_flat_images_fit(int width, int height, int inputWidth, int inputHeight, int newWidth, int newHeight)
    {
        var placement = ScrfdGeometry.Fit(width, height, inputWidth, inputHeight).Placement;
        (placement.Width, placement.Height).ShouldBe((newWidth, newHeight));
    }

    [Fact]
    public void Black_and_white_become_the_ends_of_the_range()
    {
        ScrfdPipeline.Encoding.Of(0).ShouldBe(ChannelValues.All(-0.99609375f));
        ScrfdPipeline.Encoding.Of(255).ShouldBe(ChannelValues.All(0.99609375f));
    }

    [Theory]
    [InlineData(PixelFormat.Rgb)]
    [InlineData(PixelFormat.Bgra)]
    [InlineData(PixelFormat.Gray)]
    public void The_input_is_the_resized_image_at_the_top_left_and_black(PixelFormat format)
    {
        var photo = BlobPhotos.Make(3, 75, 50, format);
        var input = new float[3 * 96 * 96];
        Array.Fill(input, float.NaN);
        new ScrfdPipeline(new(), 96, 96).Preprocess(photo.View, input);
        for (var channel = 0; channel < 3; channel++)
        {
            var resized = Channel(photo, channel, 96, 64);
            for (var i = 0; i < 96 * 96; i++)
                input[(channel * 96 * 96) + i].ShouldBe(((i < 96 * 64 ? resized[i] : 0) - 127.5f) / 128);
        }
    }

    private static byte[] Channel(ImageMemory photo, int channel, int width, int height)
    {
        var size = photo.Format.BytesPerPixel();
        var offset = photo.Format switch { PixelFormat.Gray => 0, PixelFormat.Bgra => 2 - channel, _ => channel };
        return ScalarLetterbox.Resize(
            (x, y) => photo.Pixels[(y * photo.Stride) + (x * size) + offset], photo.Width, photo.Height, width, height);
    }
}
