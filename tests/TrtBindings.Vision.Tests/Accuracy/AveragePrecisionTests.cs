namespace TrtBindings.Vision.Tests.Accuracy;

[Trait("Category", "Slow")]
public sealed class AveragePrecisionTests
{
    [Fact]
    public void Finding_every_object_first_is_1() =>
        Of([(0, .9f, [1, 0]), (0, .8f, [0, 1]), (0, .1f, [0, 0])], 2).ShouldBe(1);

    [Fact]
    public void Finding_nothing_is_0()
    {
        Of([(0, .9f, [.49, 0])], 2).ShouldBe(0);
        Of([], 2).ShouldBe(0);
    }

    [Fact]
    public void An_overlap_equal_to_the_threshold_counts() => Of([(0, .9f, [.5])], 1).ShouldBe(1);

    [Fact]
    public void A_second_prediction_of_one_object_is_wrong() =>
        // Right, wrong, right: precision 1 up to recall 1/2 (51 of 101 points), then 2/3.
        Of([(0, .9f, [1, 0]), (0, .8f, [.9, 0]), (0, .7f, [0, 1])], 2).ShouldBe((51 + (50 * 2 / 3.0)) / 101, 1e-12);

    [Fact]
    public void An_object_that_is_missed_ends_the_curve() =>
        Of([(0, .9f, [1, 0])], 2).ShouldBe(51 / 101.0, 1e-12);

    [Fact]
    public void The_better_score_comes_first_whatever_the_order_of_the_list() =>
        // The wrong one is best: precision is 1/2 everywhere.
        Of([(0, .5f, [1]), (0, .9f, [0])], 1).ShouldBe(0.5, 1e-12);

    [Fact]
    public void A_prediction_takes_the_object_that_it_overlaps_most() =>
        Of([(0, .9f, [.6, .8]), (0, .8f, [.7, 0])], 2).ShouldBe(1);

    [Fact]
    public void An_object_of_another_image_is_not_found()
    {
        var predictions = new List<(int, float)> { (0, .9f) };
        AveragePrecision.Of(predictions, [0, 1], (_, _) => 1).ShouldBe(0);
        AveragePrecision.Of(predictions, [1, 1], (_, _) => 1).ShouldBe(51 / 101.0, 1e-12);
    }

    [Fact]
    public void A_class_without_objects_has_none() => double.IsNaN(Of([(0, .9f, [])], 0)).ShouldBeTrue();

    private static double Of((int Image, float Score, double[] Overlaps)[] predictions, int objects) =>
        AveragePrecision.Of(
            [.. predictions.Select(one => (one.Image, one.Score))], [objects],
            (prediction, candidate) => predictions[prediction].Overlaps[candidate]);
}
