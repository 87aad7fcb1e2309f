namespace TrtBindings.Vision.Tests.Imaging;

public sealed class LetterboxGeometryTests
{
    [Theory]
    [InlineData(1080, 810, 0.592593, 480, 640, 80, 0, 80, 0)]
    [InlineData(720, 1280, 0.5, 640, 360, 0, 140, 0, 140)]
    [InlineData(1080, 1920, 0.333333, 640, 360, 0, 140, 0, 140)]
    [InlineData(427, 640, 1, 640, 427, 0, 106, 0, 107)]
    [InlineData(375, 500, 1.28, 640, 480, 0, 80, 0, 80)]
    [InlineData(333, 500, 1.28, 640, 426, 0, 107, 0, 107)]
    [InlineData(639, 640, 1, 640, 639, 0, 0, 0, 1)]
    [InlineData(641, 479, 0.998440, 478, 640, 81, 0, 81, 0)]
    [InlineData(2400, 2048, 0.266667, 546, 640, 47, 0, 47, 0)]
    public void An_image_is_scaled_and_centred_as_in_the_reference(
        int height, int width, double scale, int newWidth, int newHeight, int left, int top, int right, int bottom)
    {
        var found = LetterboxGeometry.Fit(width, height, 640, 640);
        found.Scale.ShouldBe(scale, 5e-7);
        (found.ScaledWidth, found.ScaledHeight).ShouldBe((newWidth, newHeight));
        (found.Left, found.Top, found.Right, found.Bottom).ShouldBe((left, top, right, bottom));
    }

    [Fact]
    public void Half_a_pixel_rounds_to_the_even_side() =>
        LetterboxGeometry.Fit(1280, 101, 640, 640).ScaledHeight.ShouldBe(50);

    [Fact]
    public void A_side_never_shrinks_to_nothing()
    {
        var found = LetterboxGeometry.Fit(10_000, 1, 640, 640);
        found.Scale.ShouldBe(0.064, 1e-12);
        (found.ScaledWidth, found.ScaledHeight).ShouldBe((640, 1));
        (found.Top, found.Bottom).ShouldBe((319, 320));
    }

    [Theory]
    [InlineData(1080, 810, 640, 480, 0, 0)]
    [InlineData(720, 1280, 384, 640, 0, 12)]
    [InlineData(1080, 1920, 384, 640, 0, 12)]
    [InlineData(427, 640, 448, 640, 0, 10)]
    [InlineData(375, 500, 480, 640, 0, 0)]
    [InlineData(333, 500, 448, 640, 0, 11)]
    [InlineData(639, 640, 640, 640, 0, 0)]
    [InlineData(641, 479, 640, 480, 1, 0)]
    [InlineData(2400, 2048, 640, 576, 15, 0)]
    public void A_dynamic_input_is_padded_to_the_stride_only(
        int height, int width, int inputHeight, int inputWidth, int left, int top)
    {
        var found = LetterboxGeometry.FitStride(width, height, 640, 640);
        (found.InputHeight, found.InputWidth).ShouldBe((inputHeight, inputWidth));
        (found.Left, found.Top).ShouldBe((left, top));
    }

    [Theory]
    [InlineData(1080, 810, 0, 20, 160, 140, 1)]
    [InlineData(720, 1280, 35, 0, 125, 160, 1)]
    [InlineData(1080, 1920, 35, 0, 125, 160, 1)]
    [InlineData(375, 500, 20, 0, 140, 160, 1)]
    [InlineData(640, 640, 0, 0, 160, 160, 1)]
    // Padding of 4 is 2 on each side, half a point of the grid; of 2 or an odd number it is less than half a point.
    [InlineData(640, 636, 0, 1, 320, 319, 2)]
    [InlineData(640, 638, 0, 1, 640, 639, 4)]
    [InlineData(427, 640, 106, 0, 533, 640, 4)]
    [InlineData(333, 500, 107, 0, 533, 640, 4)]
    [InlineData(1, 10_000, 319, 0, 320, 640, 4)]
    public void The_letterbox_border_is_cut_from_the_enlarged_prototypes_to_the_pixel(
        int height, int width, int top, int left, int bottom, int right, int enlargement) =>
        PrototypeWindow.Of(width, height, 160, 160).ShouldBe(new PrototypeWindow(top, left, bottom, right, enlargement));

    [Fact]
    public void A_box_goes_back_with_the_gain_of_each_axis()
    {
        // 333 rows become 426, not 426.24: the vertical gain is 426 / 333, the horizontal one 1.28.
        var geometry = LetterboxGeometry.Fit(500, 333, 640, 640);
        var found = geometry.ToImage(new(128, 107 + 42.6f, 256, 107 + 213));
        found.X1.ShouldBe(100, 1e-3f);
        found.Y1.ShouldBe(33.3f, 1e-3f);
        found.X2.ShouldBe(200, 1e-3f);
        found.Y2.ShouldBe(166.5f, 1e-3f);
    }

    [Theory]
    [InlineData(1920, 200)]
    [InlineData(1000, 201)]
    [InlineData(500, 202)]
    public void The_padding_taken_off_boxes_is_the_padding_put_on(int width, int height)
    {
        var geometry = LetterboxGeometry.Fit(width, height, 640, 640);
        var scaledHeight = Math.Round(height * (640.0 / width));
        geometry.ToImage(new(0, geometry.Top, 640, (float)(geometry.Top + scaledHeight)))
            .ShouldBe(new Box(0, 0, width, height));
    }

    [Fact]
    public void A_box_is_clipped_to_the_image() =>
        LetterboxGeometry.Fit(1280, 720, 640, 640).ToImage(new(-20, 100, 700, 600)).ShouldBe(new Box(0, 0, 1280, 720));

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, -1)]
    public void An_image_without_pixels_has_no_geometry(int width, int height) =>
        Should.Throw<ImageException>(() => LetterboxGeometry.Fit(width, height, 640, 640))
            .Message.ShouldContain($"{width} x {height}");
}
