using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Yolo;

public sealed class RotatedSuppressionTests
{
    /// <summary>Centre, size, degrees, score and class of each box of the reference.</summary>
    private static readonly float[][] Boxes =
    [
        [100, 100, 80, 30, 0, .95f, 0], [104, 102, 80, 30, 5, .90f, 0], [112, 100, 80, 30, 0, .85f, 0],
        [122, 100, 80, 30, 0, .80f, 0], [100, 100, 30, 80, 90, .75f, 0], [100, 100, 80, 30, 90, .70f, 0],
        [102, 101, 80, 30, 2, .65f, 1], [300, 200, 60, 20, 45, .60f, 0], [306, 194, 60, 20, 45, .55f, 0],
        [306, 206, 60, 20, 45, .50f, 0],
    ];

    [Theory]
    [InlineData(.7f, false, new[] { 0, 5, 6, 7, 8 })]
    [InlineData(.7f, true, new[] { 0, 5, 7, 8 })]
    [InlineData(.45f, false, new[] { 0, 5, 6, 7 })]
    public void A_box_that_went_takes_others_along(float iou, bool agnostic, int[] expected) =>
        Kept(Boxes, iou, agnostic).ShouldBe(expected);

    [Fact]
    public void Other_rules_would_keep_other_boxes()
    {
        static double Probiou(OrientedBox left, OrientedBox right) => left.ProbabilisticIou(right);
        static double Upright(OrientedBox left, OrientedBox right) =>
            left.Enclosing.IntersectionOverUnion(right.Enclosing);
        Greedy(.7, Probiou).ShouldBe([0, 3, 5, 6, 7, 8]);
        Greedy(.7, PolygonOverlap.Of).ShouldBe([0, 3, 5, 6, 7, 8]);
        Greedy(.7, Upright).ShouldBe([0, 3, 5, 6, 7, 8, 9]);
        Greedy(.45, PolygonOverlap.Of).ShouldBe([0, 5, 6, 7, 8]);
    }

    [Fact]
    public void The_reference_overlaps_are_as_said()
    {
        Box(3).ProbabilisticIou(Box(2)).ShouldBe(.848, 5e-4);
        Box(2).ProbabilisticIou(Box(0)).ShouldBe(.818, 5e-4);
        Box(3).ProbabilisticIou(Box(0)).ShouldBe(.673, 5e-4);
    }

    [Fact]
    public void Many_boxes_end_as_the_plain_rule_says()
    {
        var random = new Random(2);
        for (var round = 0; round < 4; round++)
        {
            var boxes = Enumerable.Range(0, 400).Select(i => new[]
            {
                random.NextSingle() * 200, random.NextSingle() * 200, 1 + (random.NextSingle() * 60),
                1 + (random.NextSingle() * 60), random.NextSingle() * 360, .9f - (i * .001f), random.Next(3),
            }).ToArray();
            var expected = Enumerable.Range(0, boxes.Length).Where(i => !Enumerable.Range(0, i).Any(better =>
                boxes[better][6] == boxes[i][6] && Box(boxes[better]).ProbabilisticIou(Box(boxes[i])) > .6f));
            Kept(boxes, .6f, false).ShouldBe(expected);
        }
    }

    private static List<int> Greedy(double most, Func<OrientedBox, OrientedBox, double> overlap)
    {
        List<int> kept = [];
        for (var i = 0; i < Boxes.Length; i++)
            if (!kept.Any(better => Boxes[better][6] == Boxes[i][6] && overlap(Box(better), Box(i)) > most)) kept.Add(i);
        return kept;
    }

    private static int[] Kept(float[][] boxes, float iou, bool agnostic)
    {
        const int Classes = 3;
        var columns = boxes.Select(box => (float[])
        [
            box[0], box[1], box[2], box[3], .. Enumerable.Range(0, Classes).Select(i => i == (int)box[6] ? box[5] : 0),
            Box(box).Angle,
        ]).ToArray();
        var output = new YoloOutput(SyntheticYolo.Dense(8, columns), 8, boxes.Length, Classes);
        ulong[] keys = [];
        var count = DenseDecoder.Decode(output, .25f, false, ref keys);
        var kept = new Candidate[400];
        var stayed = new RotatedSuppression().Run(output, keys.AsSpan(0, count), iou, agnostic, kept);
        return [.. kept.Take(stayed).Select(one => one.Source)];
    }

    private static OrientedBox Box(int index) => Box(Boxes[index]);

    private static OrientedBox Box(float[] box) => new(box[0], box[1], box[2], box[3], box[4] * MathF.PI / 180);
}
