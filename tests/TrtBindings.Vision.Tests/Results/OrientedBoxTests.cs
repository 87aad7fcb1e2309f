using System.Numerics;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Results;

public sealed class OrientedBoxTests
{
    private const float Quarter = MathF.PI / 4;
    private static readonly OrientedBox Flat = new(100, 100, 40, 20, 0);
    private static readonly OrientedBox Slanted = new(100, 100, 40, 20, Quarter);

    /// <summary>Two boxes, their probiou, and the overlaps of their polygons and of their upright bounding boxes.</summary>
    public static TheoryData<OrientedBox, OrientedBox, double, double, double> Overlaps() => new()
    {
        { Flat, Flat, 0.999553, 1, 1 },
        { Flat, new(100, 100, 20, 40, MathF.PI / 2), 0.999553, 1, 1 },
        { Flat, Flat with { Angle = MathF.PI }, 0.999553, 1, 1 },
        { Slanted, Slanted with { Angle = Quarter + MathF.PI }, 0.999553, 1, 1 },
        { Flat, Flat with { CentreX = 110 }, 0.700852, 0.6, 0.6 },
        { Flat, Flat with { CentreY = 110 }, 0.440794, 0.333333, 0.333333 },
        { Flat, Flat with { Angle = MathF.PI / 2 }, 0.552786, 0.333333, 0.333333 },
        { Flat, new(100, 100, 80, 40, 0), 0.552786, 0.25, 0.25 },
        { Flat with { Angle = MathF.PI / 6 }, new(105, 102, 36, 22, Quarter), 0.775098, 0.634876, 0.723877 },
        { Slanted, Slanted with { CentreX = 110, CentreY = 110 }, 0.586514, 0.477592, 0.412580 },
        { Slanted, Slanted with { CentreX = 110, CentreY = 90 }, 0.273616, 0.171573, 0.412580 },
        { new(100, 100, 30, 30, 0), new(100, 100, 30, 30, Quarter), 0.999553, 0.707107, 0.5 },
        { new(100, 100, 100, 10, 0), new(100, 100, 100, 10, 0.1f), 0.678295, 0.601334, 0.499181 },
        { new(500, 500, 8, 4, 0), new(502, 500, 8, 4, 0), 0.700852, 0.6, 0.6 },
        // The same boxes in the units of a graph that suppresses at 1024: multiplied by 8 / 1024.
        {
            new(500 / 128f, 500 / 128f, 8 / 128f, 4 / 128f, 0), new(502 / 128f, 500 / 128f, 8 / 128f, 4 / 128f, 0), 0.999553,
            0.6, 0.6
        },
        { Flat, new(5000, 100, 40, 20, 1), 0, 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Overlaps))]
    public void Overlaps_are_the_reference_ones(
        OrientedBox left, OrientedBox right, double expected, double polygons, double enclosing)
    {
        left.ProbabilisticIou(right).ShouldBe(expected, 2e-6);
        right.ProbabilisticIou(left).ShouldBe(expected, 2e-6);
        PolygonOverlap.Of(left, right).ShouldBe(polygons, 2e-6);
        PolygonOverlap.Of(right, left).ShouldBe(polygons, 2e-6);
        ((double)left.Enclosing.IntersectionOverUnion(right.Enclosing)).ShouldBe(enclosing, 2e-5);
    }

    [Fact]
    public void What_is_told_apart_without_a_logarithm_is_apart()
    {
        var random = new Random(1);
        var skipped = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var (left, right) = (Any(random), Any(random));
            var (one, other) = (new GaussianBox(left), new GaussianBox(right));
            var iou = random.NextDouble();
            if (!one.IsFartherThan(other, GaussianBox.DistanceOf(iou))) continue;
            skipped++;
            one.ProbabilisticIou(other).ShouldBeLessThanOrEqualTo(iou);
        }

        skipped.ShouldBeGreaterThan(5_000);
    }

    [Theory]
    [InlineData(100, 100, 40, 20, 0, 120, 110, 120, 90, 80, 90, 80, 110)]
    [InlineData(100, 100, 40, 20, Math.PI / 2, 90, 120, 110, 120, 110, 80, 90, 80)]
    [InlineData(100, 100, 40, 20, Math.PI / 6, 112.3205, 118.6603, 122.3205, 101.3397, 87.6795, 81.3397, 77.6795, 98.6603)]
    [InlineData(320, 240, 100, 50, -Math.PI / 4,
        373.0330, 222.3223, 337.6777, 186.9670, 266.9670, 257.6777, 302.3223, 293.0330)]
    [InlineData(50, 60, 30, 10, 2.0, 39.2113, 71.5587, 48.3043, 75.7202, 60.7887, 48.4413, 51.6957, 44.2798)]
    public void Corners_are_the_reference_ones_in_its_order(
        float x, float y, float width, float height, double angle,
        double x1, double y1, double x2, double y2, double x3, double y3, double x4, double y4)
    {
        var box = new OrientedBox(x, y, width, height, (float)angle);
        var corners = box.Corners;
        Close(corners.First, x1, y1);
        Close(corners.Second, x2, y2);
        Close(corners.Third, x3, y3);
        Close(corners.Fourth, x4, y4);
        ((double)box.Enclosing.X1).ShouldBe(new[] { x1, x2, x3, x4 }.Min(), 1e-3);
        ((double)box.Enclosing.Y2).ShouldBe(new[] { y1, y2, y3, y4 }.Max(), 1e-3);
    }

    [Theory]
    [InlineData(40, 20, -0.3, 20, 40, 1.270796)]
    [InlineData(40, 20, 2, 20, 40, 0.429204)]
    [InlineData(20, 40, 3.5, 20, 40, 0.358407)]
    public void Regularized_boxes_have_an_angle_below_a_right_one(
        float width, float height, float angle, float newWidth, float newHeight, float newAngle)
    {
        var box = new OrientedBox(9, 8, width, height, angle).Regularized();
        (box.CentreX, box.CentreY, box.Width, box.Height).ShouldBe((9, 8, newWidth, newHeight));
        box.Angle.ShouldBe(newAngle, 2e-6f);
    }

    [Theory]
    [InlineData(20, 40, 0.3, 40, 20, 1.870796)]
    [InlineData(40, 20, 2.5, 40, 20, -0.641593)]
    [InlineData(40, 20, 40.0, 40, 20, 40 - (12 * Math.PI))]
    public void Canonical_boxes_lie_along_their_longer_side(
        float width, float height, float angle, float newWidth, float newHeight, double newAngle)
    {
        var box = new OrientedBox(9, 8, width, height, angle);
        (box.Canonical().Width, box.Canonical().Height).ShouldBe((newWidth, newHeight));
        ((double)box.Canonical().Angle).ShouldBe(newAngle, 2e-6);
        box.ProbabilisticIou(box.Canonical()).ShouldBe(0.999553, 1e-4);
    }

    private static OrientedBox Any(Random random) => new(
        random.NextSingle() * 300, random.NextSingle() * 300, random.NextSingle() * 80, random.NextSingle() * 80,
        random.NextSingle() * 7);

    private static void Close(Vector2 corner, double x, double y)
    {
        ((double)corner.X).ShouldBe(x, 1e-3);
        ((double)corner.Y).ShouldBe(y, 1e-3);
    }
}
