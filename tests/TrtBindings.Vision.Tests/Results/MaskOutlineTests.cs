using System.Numerics;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Results;

public sealed class MaskOutlineTests
{
    [Fact]
    public void A_rectangle_has_four_corners_clockwise()
    {
        var outline = Masks.Of("....", ".##.", ".##.", "....").ToOutlines().ShouldHaveSingleItem();
        outline.IsHole.ShouldBeFalse();
        outline.SignedArea.ShouldBe(4);
        outline.Points.ToArray().ShouldBe([new(3, 1), new(3, 3), new(1, 3), new(1, 1)]);
    }

    [Fact]
    public void A_hole_is_an_outline_of_its_own_the_other_way_round()
    {
        var outlines = Masks.Of("####", "#..#", "####").ToOutlines();
        outlines.Select(outline => (outline.IsHole, outline.SignedArea)).ShouldBe([(false, 12), (true, -2)]);
        outlines[1].Points.Length.ShouldBe(4);
    }

    [Fact]
    public void Pixels_that_touch_at_a_corner_only_are_separate_outlines() =>
        Masks.Of("#.", ".#").ToOutlines().Select(outline => outline.SignedArea).ShouldBe([1, 1]);

    [Fact]
    public void An_empty_mask_has_no_outline_and_a_full_one_is_its_frame()
    {
        Masks.Of("...", "...").ToOutlines().ShouldBeEmpty();
        Masks.Of("###", "###").ToOutlines().ShouldHaveSingleItem().Points.ToArray()
            .ShouldBe([new(3, 0), new(3, 2), new(0, 2), new(0, 0)]);
    }

    [Theory]
    [InlineData(0.15)]
    [InlineData(0.5)]
    [InlineData(0.85)]
    public void Filling_the_outlines_gives_the_mask_again(double share)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var mask = Masks.Random(seed, 23, 17, share);
            var outlines = mask.ToOutlines();
            outlines.Sum(outline => outline.SignedArea).ShouldBe(mask.Area);
            for (var y = 0; y < 17; y++)
                for (var x = 0; x < 23; x++) IsInside(outlines, x + 0.5f, y + 0.5f).ShouldBe(mask[x, y], $"{seed}: {x}, {y}");
        }
    }

    [Fact]
    public void A_tolerance_turns_the_steps_of_a_slope_into_a_line()
    {
        var mask = Masks.Of([.. Enumerable.Range(1, 40).Select(i => new string('#', i).PadRight(40, '.'))]);
        mask.ToOutlines()[0].Points.Length.ShouldBe(82);
        var simple = mask.ToOutlines(1)[0];
        simple.Points.Length.ShouldBeLessThan(8);
        foreach (var corner in mask.ToOutlines()[0].Points.ToArray())
            DistanceTo(simple, corner).ShouldBeLessThanOrEqualTo(1.0001);
        mask.ToOutlines(1000)[0].Points.Length.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_tolerance_that_is_no_distance_is_refused(double tolerance) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Masks.Of("#").ToOutlines(tolerance));

    /// <summary>Counts the edges to the right of a point. If the number is odd, the point is inside.</summary>
    private static bool IsInside(MaskOutline[] outlines, float x, float y)
    {
        var crossings = 0;
        foreach (var outline in outlines)
        {
            var points = outline.Points.Span;
            for (var i = 0; i < points.Length; i++)
            {
                var (from, to) = (points[i], points[(i + 1) % points.Length]);
                if (from.X == to.X && from.X > x && Math.Min(from.Y, to.Y) < y && Math.Max(from.Y, to.Y) > y) crossings++;
            }
        }

        return crossings % 2 == 1;
    }

    private static double DistanceTo(MaskOutline outline, Vector2 point)
    {
        var points = outline.Points.ToArray();
        return points.Select((from, i) =>
        {
            var line = points[(i + 1) % points.Length] - from;
            var along = Math.Clamp(Vector2.Dot(point - from, line) / line.LengthSquared(), 0, 1);
            return (double)Vector2.Distance(point, from + (line * along));
        }).Min();
    }
}
