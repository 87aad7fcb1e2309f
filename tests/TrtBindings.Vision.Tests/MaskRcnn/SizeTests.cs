namespace TrtBindings.Vision.Tests.MaskRcnn;

/// <summary>The sizes that each exporter resizes pictures to.</summary>
public sealed class SizeTests
{
    [Theory]
    [InlineData(480, 640, 800, 1067, 800, 1088)]
    [InlineData(427, 640, 800, 1199, 800, 1216)]
    [InlineData(1080, 1920, 750, 1333, 768, 1344)]
    [InlineData(640, 640, 800, 800, 800, 800)]
    [InlineData(640, 480, 1067, 800, 1088, 800)]
    public void Detectron2_rounds(int height, int width, int newHeight, int newWidth, int padHeight, int padWidth)
    {
        ImageSides.Rounded(width, height, 800, 1333).ShouldBe((newWidth, newHeight));
        (ImageSides.Padded(newHeight), ImageSides.Padded(newWidth)).ShouldBe((padHeight, padWidth));
    }

    [Theory]
    [InlineData(480, 640, 800, 1066, 800, 1088)]
    [InlineData(427, 640, 800, 1199, 800, 1216)]
    [InlineData(1080, 1920, 749, 1333, 768, 1344)]
    [InlineData(640, 640, 800, 800, 800, 800)]
    public void Torchvision_cuts_down(int height, int width, int newHeight, int newWidth, int padHeight, int padWidth)
    {
        ImageSides.Fitted(width, height, 1333, 800).ShouldBe((newWidth, newHeight));
        (ImageSides.Padded(newHeight), ImageSides.Padded(newWidth)).ShouldBe((padHeight, padWidth));
    }

    [Theory]
    [InlineData(480, 640, 800, 1066, 1088)]
    [InlineData(427, 640, 800, 1199, 1216)]
    [InlineData(1080, 1920, 800, 1422, 1440)]
    public void The_zoo_cuts_down_and_has_no_longer_side(int height, int width, int newHeight, int newWidth, int padWidth)
    {
        ImageSides.Truncated(width, height, 800, int.MaxValue).ShouldBe((newWidth, newHeight));
        ImageSides.Padded(newWidth).ShouldBe(padWidth);
    }

    /// <summary>NVIDIA's graphs have one size, because their anchors are constants: 3 for each cell of strides 4 to 64.</summary>
    [Theory]
    [InlineData(1344, 451_143)]
    [InlineData(1440, 517_962)]
    [InlineData(1120, 313_347)]
    [InlineData(960, 230_175)]
    [InlineData(832, 172_887)]
    [InlineData(800, 159_882)]
    [InlineData(640, 102_300)]
    public void Each_canvas_has_another_number_of_anchors(int side, int anchors) =>
        new[] { 4, 8, 16, 32, 64 }.Sum(stride => 3 * ScrfdGrid.CellsOf(side, stride) * ScrfdGrid.CellsOf(side, stride))
            .ShouldBe(anchors);

    [Theory]
    [InlineData(480, 640, 640, 640, 480, 640)]
    [InlineData(640, 480, 320, 320, 320, 240)]
    [InlineData(333, 500, 480, 640, 426, 640)]
    [InlineData(1, 10_000, 480, 640, 1, 640)]
    public void A_picture_fits_into_a_canvas(int height, int width, int rows, int columns, int newHeight, int newWidth) =>
        ImageSides.Fitted(width, height, columns, rows).ShouldBe((newWidth, newHeight));
}
