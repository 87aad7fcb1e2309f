namespace TrtBindings.Vision.Tests.Yolo;

public sealed class YoloAnchorTests
{
    [Theory]
    [InlineData(0, .5, .5, 8)]
    [InlineData(79, 79.5, .5, 8)]
    [InlineData(80, .5, 1.5, 8)]
    [InlineData(6399, 79.5, 79.5, 8)]
    [InlineData(6400, .5, .5, 16)]
    [InlineData(7000, .5, 15.5, 16)]
    [InlineData(8000, .5, .5, 32)]
    [InlineData(8399, 19.5, 19.5, 32)]
    public void Places_run_by_stride_then_row_by_row(int index, float x, float y, int stride) =>
        YoloAnchor.At(index, 640, 640).ShouldBe(new(x, y, stride));

    [Fact]
    public void A_place_beyond_the_last_is_refused()
    {
        foreach (var index in new[] { -1, 8400 })
            Should.Throw<ArgumentOutOfRangeException>(() => YoloAnchor.At(index, 640, 640));
        YoloAnchor.At(64 * 32, 512, 256).ShouldBe(new(.5f, .5f, 16));
    }

    [Fact]
    public void Raw_numbers_become_boxes_and_points()
    {
        var anchor = YoloAnchor.At(7000, 640, 640);
        anchor.Box(2, 1, 3, 4).ShouldBe(Box.FromCentre(16, 272, 80, 80));
        var (pose, pose26) = (anchor.Pose(1.25f, -.5f, 2), anchor.Pose26(1.25f, -.5f, 2));
        (pose.X, pose.Y).ShouldBe((40, 224));
        (pose26.X, pose26.Y).ShouldBe((28, 240));
        pose.Confidence!.Value.ShouldBe(.880797f, 1e-6f);
        pose26.Confidence!.Value.ShouldBe(.880797f, 1e-6f);
    }

    [Fact]
    public void Raw_numbers_become_oriented_boxes()
    {
        var anchor = YoloAnchor.At(7000, 640, 640);
        var angle = YoloAnchor.AngleOf(1);
        angle.ShouldBe(1.511290f, 1e-6f);
        Close(anchor.OrientedBox(2, 1, 3, 4, angle), -15.4818, 257.4131);
        Close(anchor.OrientedBox(2, 1, 3, 4, 1), -7.8729, 267.6990);
    }

    private static void Close(OrientedBox box, double x, double y)
    {
        ((double)box.CentreX).ShouldBe(x, 1e-3);
        ((double)box.CentreY).ShouldBe(y, 1e-3);
        (box.Width, box.Height).ShouldBe((80, 80));
    }
}
