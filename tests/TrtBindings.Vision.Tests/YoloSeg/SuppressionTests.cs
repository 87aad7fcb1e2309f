using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.YoloSeg;

public sealed class SuppressionTests
{
    private static readonly YoloSegOptions Half = new() { Iou = 0.5f, MaskSpace = MaskSpace.None };

    [Fact]
    public void A_weaker_box_that_overlaps_more_than_the_threshold_goes() =>
        Two(0, 2, 0).Run(Half).ShouldHaveSingleItem().Score.ShouldBe(.9f);

    [Fact]
    public void An_overlap_equal_to_the_threshold_stays()
    {
        // 12 x 10 and 6 x 10 inside it: exactly 1/2.
        var head = SyntheticHead.Dense(1, 2).PutEdges(0, 100, 100, 112, 110).PutEdges(1, 100, 100, 106, 110)
            .Score(0, 0, .9f).Score(1, 0, .8f);
        new Box(100, 100, 112, 110).IntersectionOverUnion(new(100, 100, 106, 110)).ShouldBe(.5f);
        head.Run(Half).Length.ShouldBe(2);
        head.Run(Half with { Iou = MathF.BitDecrement(.5f) }).Length.ShouldBe(1);
    }

    [Fact]
    public void Boxes_of_different_classes_leave_each_other_alone_unless_asked()
    {
        Two(0, 0, 1).Run(Half).Length.ShouldBe(2);
        Two(0, 0, 1).Run(Half with { ClassAgnostic = true }).ShouldHaveSingleItem().ClassIndex.ShouldBe(0);
    }

    [Fact]
    public void A_box_that_went_suppresses_nothing()
    {
        // Each box overlaps the next by 2/3. The first suppresses the second, so the second does not suppress the third.
        var head = SyntheticHead.Dense(1, 3);
        for (var i = 0; i < 3; i++) head.PutEdges(i, 100 + (2 * i), 100, 110 + (2 * i), 110).Score(i, 0, .9f - (.1f * i));
        head.Run(Half).Select(found => found.Box.X1).ShouldBe([100, 104]);
    }

    [Theory]
    [InlineData(0, false, 1)]
    [InlineData(79, false, 2)]
    [InlineData(79, true, 1)]
    public void Boxes_are_compared_after_they_are_moved_by_7680_pixels_for_each_class(int label, bool agnostic, int finds)
    {
        // At class 79 a float is a multiple of 1/16: an overlap of 0.703 becomes 0.7, which 0.702 does not suppress.
        var head = SyntheticHead.Dense(80, 2, 1, 2, 2).Score(0, label, .9f).Score(1, label, .8f)
            .PutEdges(0, 600, 600, 610, 610).PutEdges(1, 600, 600, 610, 607.03f);
        head.Run(Half with { Iou = .702f, ClassAgnostic = agnostic }).Length.ShouldBe(finds);
    }

    [Trait("Category", "Slow")]
    [Fact]
    public void Many_random_boxes_end_as_the_plain_rule_says()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var head = SyntheticHead.Random(seed, anchors: 3000, grid: 2);
            ulong[] keys = [];
            var count = DenseDecoder.Decode(head.AsHead(), 0.25f, false, ref keys);
            var left = keys.Take(count).Select(key => DenseDecoder.Read(head.AsHead(), key)).ToList();
            var expected = new List<Candidate>();
            while (left.Count > 0)
            {
                var best = left[0];
                expected.Add(best);
                left.RemoveAll(other => other == best || (other.ClassIndex == best.ClassIndex
                    && other.Box.IntersectionOverUnion(best.Box) > 0.5f));
            }

            var kept = new Candidate[10_000];
            var stayed = NonMaximumSuppression.Run(head.AsHead(), keys.AsSpan(0, count), 0.5f, false, kept);
            kept.Take(stayed).ShouldBe(expected);
            stayed.ShouldBeLessThan(count);
        }
    }

    private static SyntheticHead Two(int firstClass, float shift, int secondClass) =>
        SyntheticHead.Dense(2, 2).PutEdges(0, 100, 100, 110, 110).PutEdges(1, 100 + shift, 100, 110 + shift, 110)
            .Score(0, firstClass, .9f).Score(1, secondClass, .8f);
}
