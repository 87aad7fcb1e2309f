namespace TrtBindings.Vision.Tests.Classification;

public sealed class CropTests
{
    /// <summary>Image height and width, then resized height and width, then the crop's top and left.</summary>
    [Theory]
    [InlineData(480, 640, 256, 341, 16, 58)]
    [InlineData(427, 640, 256, 383, 16, 80)]
    [InlineData(1080, 1920, 256, 455, 16, 116)]
    [InlineData(640, 427, 383, 256, 80, 16)]
    public void Torchvision_resizes_the_shorter_side_to_256(
        int height, int width, int newHeight, int newWidth, int top, int left) =>
        ClassificationPreprocessing.Torchvision.Crop(width, height, 224, 224)
            .ShouldBe(new(newWidth, newHeight, left, top, 224, 224));

    [Theory]
    [InlineData(480, 640, 248, 330, 12, 53)]
    [InlineData(427, 640, 248, 371, 12, 74)]
    [InlineData(1080, 1920, 248, 440, 12, 108)]
    [InlineData(640, 427, 371, 248, 74, 12)]
    public void Timm_resizes_the_shorter_side_to_the_crop_by_nine_tenths(
        int height, int width, int newHeight, int newWidth, int top, int left) =>
        ClassificationPreprocessing.Timm.Crop(width, height, 224, 224)
            .ShouldBe(new(newWidth, newHeight, left, top, 224, 224));

    /// <summary>torchvision's ViT weights with sizes of their own: SWAG end to end, SWAG linear, ViT-L/16 V1.</summary>
    [Theory]
    [InlineData(384, 384, ResizeFilter.Bicubic, 512, 64, 0)]
    [InlineData(224, 224, ResizeFilter.Bicubic, 298, 37, 0)]
    [InlineData(242, 224, ResizeFilter.Bilinear, 322, 49, 9)]
    public void Other_weights_of_torchvision_change_the_preset(
        int shortSide, int side, ResizeFilter filter, int newWidth, int left, int top)
    {
        var preset = ClassificationPreprocessing.Torchvision with { ShortSide = shortSide, Filter = filter };
        preset.Validate(side, side);
        preset.Crop(640, 480, side, side).ShouldBe(new(newWidth, shortSide, left, top, side, side));
    }

    [Theory]
    [InlineData(1080, 810, 224, 298, 0, 37)]
    [InlineData(720, 1280, 398, 224, 87, 0)]
    [InlineData(427, 640, 335, 224, 56, 0)]
    [InlineData(100, 149, 333, 224, 54, 0)]
    [InlineData(333, 500, 336, 224, 56, 0)]
    [InlineData(375, 500, 298, 224, 37, 0)]
    [InlineData(100, 100, 224, 224, 0, 0)]
    public void Ultralytics_resizes_the_shorter_side_to_the_crop(
        int height, int width, int newWidth, int newHeight, int left, int top) =>
        ClassificationPreprocessing.Ultralytics.Crop(width, height, 224, 224)
            .ShouldBe(new(newWidth, newHeight, left, top, 224, 224));

    [Fact]
    public void Ultralytics_stretches_to_an_oblong_input() =>
        ClassificationPreprocessing.Ultralytics.Crop(500, 300, 320, 224).ShouldBe(new(320, 224, 0, 0, 320, 224));

    [Fact]
    public void An_oblong_crop_of_a_fraction_is_covered_on_both_sides()
    {
        // 248 and 355 pixels are wanted; 640 x 480 covers them at 480 / 248.
        var crop = ClassificationPreprocessing.Timm.Crop(640, 480, 320, 224);
        crop.ShouldBe(new(355, 266, 18, 21, 320, 224));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_crop_fraction_that_cannot_be_is_named(double fraction) =>
        Should.Throw<ArgumentOutOfRangeException>(
            () => (ClassificationPreprocessing.Timm with { CropFraction = fraction }).Validate(224, 224))
            .ParamName.ShouldBe("CropFraction");

    [Fact]
    public void A_shorter_side_below_the_crop_or_a_deviation_of_nothing_is_named()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => ClassificationPreprocessing.Torchvision.Validate(384, 384))
            .Message.ShouldContain("384 x 384");
        Should.Throw<ArgumentOutOfRangeException>(
            () => (ClassificationPreprocessing.Torchvision with { Deviation = new(1, 0, 1) }).Validate(224, 224))
            .ParamName.ShouldBe("Deviation");
    }
}
