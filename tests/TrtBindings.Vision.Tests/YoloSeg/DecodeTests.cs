using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.YoloSeg;

public sealed class DecodeTests
{
    [Fact]
    public void An_anchor_becomes_edges_its_best_class_and_that_score()
    {
        var found = SyntheticHead.Dense(2, 1).Put(0, 320, 320, 100, 50).Score(0, 0, .2f).Score(0, 1, .9f).Run();
        found.ShouldHaveSingleItem().ShouldBe(new InstanceDetection<Thing>(Thing.Plate, 1, .9f, new(270, 295, 370, 345), null));
    }

    [Fact]
    public void A_score_must_be_above_the_confidence_not_equal_to_it()
    {
        var head = SyntheticHead.Dense(1, 2).Put(0, 100, 100, 50, 50).Put(1, 400, 400, 50, 50)
            .Score(0, 0, 0.25f).Score(1, 0, MathF.BitIncrement(0.25f));
        head.Run().ShouldHaveSingleItem().Box.X1.ShouldBe(375);
    }

    [Fact]
    public void Of_equal_scores_the_first_class_counts() =>
        SyntheticHead.Dense(3, 1).Put(0, 9, 9, 4, 4).Score(0, 1, .5f).Score(0, 2, .5f).Run()
            .ShouldHaveSingleItem().ClassIndex.ShouldBe(1);

    [Fact]
    public void A_score_that_is_not_a_number_counts_for_nothing() =>
        SyntheticHead.Dense(2, 1).Put(0, 9, 9, 4, 4).Score(0, 0, float.NaN).Score(0, 1, .5f).Run()
            .ShouldHaveSingleItem().ClassIndex.ShouldBe(1);

    [Fact]
    public void Instances_come_best_first_and_equal_scores_in_the_order_of_anchors()
    {
        var head = SyntheticHead.Dense(1, 4);
        float[] scores = [.5f, .9f, .5f, .7f];
        for (var i = 0; i < 4; i++) head.Put(i, 50 + (150 * i), 50, 40, 40).Score(i, 0, scores[i]);
        head.Run().Select(found => found.Box.X1).ShouldBe([180, 480, 30, 330]);
    }

    [Fact]
    public void The_best_are_kept_when_there_are_too_many()
    {
        var head = SyntheticHead.Dense(1, 1000, 1, 2, 2);
        for (var i = 0; i < 1000; i++) head.Put(i, i * 10, 5, 8, 8).Score(i, 0, 0.3f + (i / 2000f));
        var found = head.Run(new() { MaskSpace = MaskSpace.None }, LetterboxGeometry.Fit(10_000, 10_000, 10_000, 10_000), 10_000);
        found.Length.ShouldBe(300);
        found[0].Score.ShouldBe(0.3f + (999 / 2000f));
        found[299].Score.ShouldBe(0.3f + (700 / 2000f));
    }

    [Fact]
    public void More_candidates_than_suppression_takes_are_cut_by_score()
    {
        var head = SyntheticHead.Dense(2, 20_000, 1, 2, 2);
        for (var i = 0; i < 20_000; i++) head.Score(i, 0, 0.3f + (i / 100_000f)).Score(i, 1, 0.5f + (i / 100_000f));
        ulong[] keys = [];
        var count = DenseDecoder.Decode(head.AsHead(), 0.25f, multiLabel: true, ref keys);
        count.ShouldBe(30_000);
        var last = DenseDecoder.Read(head.AsHead(), keys[count - 1]);
        var scores = keys.Take(count).Select(key => DenseDecoder.Read(head.AsHead(), key).Score).ToArray();
        scores.ShouldBe(scores.OrderDescending());
        // Class 1 has the best 20 000 scores except for its overlap with class 0. The boxes left out are class 0's worst.
        (last.ClassIndex, last.Source).ShouldBe((0, 10_000));
    }

    [Theory]
    [InlineData(1, 3, 17)]
    [InlineData(2, 80, 512)]
    [InlineData(3, 7, 513)]
    [InlineData(4, 1, 1)]
    [InlineData(5, 12, 8400)]
    public void Every_size_gives_the_same_candidates_as_one_anchor_at_a_time(int seed, int classes, int anchors)
    {
        var head = SyntheticHead.Random(seed, classes, anchors, grid: 2);
        foreach (var multiLabel in new[] { false, true })
        {
            ulong[] keys = [];
            var count = DenseDecoder.Decode(head.AsHead(), 0.25f, multiLabel, ref keys);
            var found = keys.Take(count).Select(key => DenseDecoder.Read(head.AsHead(), key))
                .Select(candidate => (candidate.Score, candidate.Source, candidate.ClassIndex));
            found.ShouldBe(Scalar(head, classes, anchors, multiLabel));
        }
    }

    [Fact]
    public void Multi_label_gives_every_class_above_the_confidence_once()
    {
        var head = SyntheticHead.Dense(3, 1).Put(0, 100, 100, 50, 50)
            .Score(0, 0, .3f).Score(0, 1, .2f).Score(0, 2, .8f);
        head.Run(new() { MultiLabel = true, MaskSpace = MaskSpace.None })
            .Select(found => (found.ClassIndex, found.Score)).ShouldBe([(2, .8f), (0, .3f)]);
    }

    [Fact]
    public void An_end_to_end_head_is_read_in_its_order_without_suppression()
    {
        var head = SyntheticHead.EndToEnd(5)
            .Row(0, 10, 20, 110, 220, .9f, 3).Row(1, 10, 20, 110, 220, .8f, 3).Row(2, 0, 0, 50, 50, .25f, 1)
            .Row(3, 300, 300, 350, 350, .26f, 0);
        head.Run().Select(found => (found.ClassIndex, found.Score)).ShouldBe([(3, .9f), (3, .8f), (0, .26f)]);
        head.Run()[0].Box.ShouldBe(new Box(10, 20, 110, 220));
        head.Run(new() { MaxDetections = 2, MaskSpace = MaskSpace.None }).Length.ShouldBe(2);
    }

    [Fact]
    public void An_end_to_end_row_and_an_anchor_of_the_same_object_give_the_same_mask()
    {
        var dense = SyntheticHead.Random(3, classes: 1, anchors: 1).PutEdges(0, 100, 100, 300, 260).Score(0, 0, .9f);
        var endToEnd = SyntheticHead.EndToEnd(2, 8).Row(0, 100, 100, 300, 260, .9f, 0)
            .Coefficients(0, [.. Enumerable.Range(0, 8).Select(m => dense.Predictions[5 + m])]);
        dense.Prototypes.CopyTo(endToEnd.Prototypes, 0);
        Same.Instances(endToEnd.Run(new()), dense.Run(new()));
        dense.Run(new())[0].Mask!.Area.ShouldBeGreaterThan(1000);
    }

    private static List<(float Score, int Anchor, int Label)> Scalar(
        SyntheticHead head, int classes, int anchors, bool multiLabel)
    {
        var found = new List<(float Score, int Anchor, int Label)>();
        for (var anchor = 0; anchor < anchors; anchor++)
        {
            var scores = Enumerable.Range(0, classes)
                .Select(label => (Score: head.Predictions[((4 + label) * anchors) + anchor], Anchor: anchor, Label: label));
            if (!multiLabel) scores = [scores.MaxBy(entry => entry.Score)];
            found.AddRange(scores.Where(entry => entry.Score > 0.25f));
        }

        return [.. found.OrderByDescending(entry => entry.Score).ThenBy(entry => entry.Anchor).ThenBy(entry => entry.Label)];
    }
}
