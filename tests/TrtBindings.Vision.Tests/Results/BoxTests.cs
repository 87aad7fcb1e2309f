namespace TrtBindings.Vision.Tests.Results;

public sealed class BoxTests
{
    [Theory]
    [InlineData(1, .8182)]
    [InlineData(2, .6667)]
    [InlineData(3, .5385)]
    [InlineData(4, .4286)]
    [InlineData(5, .3333)]
    public void Overlap_of_a_10_pixel_square_with_itself_shifted(float shift, double expected) =>
        new Box(0, 0, 10, 10).IntersectionOverUnion(new(shift, 0, 10 + shift, 10)).ShouldBe((float)expected, 5e-5f);

    [Fact]
    public void Boxes_apart_do_not_overlap() =>
        new Box(0, 0, 10, 10).IntersectionOverUnion(new(20, 20, 30, 30)).ShouldBe(0);

    [Fact]
    public void Two_empty_boxes_have_no_overlap_that_compares() =>
        float.IsNaN(new Box(5, 5, 5, 5).IntersectionOverUnion(new(5, 5, 5, 5))).ShouldBeTrue();

    [Fact]
    public void A_pixel_belongs_to_a_box_from_its_left_edge_to_before_its_right_edge()
    {
        PixelRegion.Inside(new(2, 3, 5, 4), 10, 10).ShouldBe(new PixelRegion(2, 3, 5, 4));
        PixelRegion.Inside(new(2.1f, 2.9f, 5.1f, 4.9f), 10, 10).ShouldBe(new PixelRegion(3, 3, 6, 5));
        PixelRegion.Inside(new(-3, -3, 40, 40), 10, 10).ShouldBe(new PixelRegion(0, 0, 10, 10));
        PixelRegion.Inside(new(20, 20, 40, 40), 10, 10).IsEmpty.ShouldBeTrue();
        PixelRegion.Inside(new(float.NaN, 0, float.NaN, 5), 10, 10).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void A_box_prints_its_edges() => new Box(1, 2.26f, 3, 4).ToString().ShouldBe("[1.0 2.3 3.0 4.0]");
}
