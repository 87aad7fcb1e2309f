using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Accuracy;

public sealed class PolygonOverlapTests
{
    [Theory]
    [InlineData(100, 100, 40, 20, 0, 1, 100, 100, 20, 40, 90)]
    [InlineData(100, 100, 40, 20, 0, 0.6, 110, 100, 40, 20, 0)]
    [InlineData(100, 100, 40, 20, 30, 0.634876, 105, 102, 36, 22, 45)]
    [InlineData(100, 100, 40, 20, 45, 0.171573, 110, 90, 40, 20, 45)]
    [InlineData(100, 100, 30, 30, 0, 0.707107, 100, 100, 30, 30, 45)]
    [InlineData(100, 100, 30, 30, 0, 0, 200, 100, 30, 30, 45)]
    public void The_overlap_of_turned_boxes_is_that_of_their_areas(
        float x, float y, float width, float height, float degrees, double expected, float x2, float y2, float width2,
        float height2, float degrees2)
    {
        var (one, other) = (Box(x, y, width, height, degrees), Box(x2, y2, width2, height2, degrees2));
        PolygonOverlap.Of(one, other).ShouldBe(expected, 1e-4);
        PolygonOverlap.Of(other, one).ShouldBe(expected, 1e-4);
    }

    private static OrientedBox Box(float x, float y, float width, float height, float degrees) =>
        new(x, y, width, height, degrees * MathF.PI / 180);
}
