using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.YoloSeg;

/// <summary>The shipped model through the CPU backend.</summary>
[Trait("Category", "Slow")]
public sealed class SampleModelTests
{
    [Fact]
    public void Four_different_images_in_one_batch_give_what_each_gives_alone()
    {
        var differences = BatchOfFour.TogetherAgainstAlone();
        differences.Length.ShouldBe(4);
        foreach (var difference in differences) ShouldMatch(difference);
    }

    [Fact]
    public void A_smaller_batch_after_a_larger_one_gives_the_same()
    {
        using var model = SampleModels.Dense();
        using var engine = YoloSegEngine.Create(model, new() { MaxBatch = 4 });
        var images = BatchOfFour.Images();
        var first = engine.Detect(images)[0];
        engine.Detect(images.AsSpan(1, 2)).Count.ShouldBe(2);
        ShouldMatch(engine.Detect(images[0].View), first);
    }

    [Fact]
    public void The_end_to_end_form_finds_the_same_strong_instances_as_the_dense_one()
    {
        using var dense = SampleModels.Dense();
        using var endToEnd = SampleModels.EndToEnd();
        // The end-to-end file suppresses above 0.6 inside the graph.
        var options = new YoloSegOptions { Confidence = 0.5f, Iou = 0.6f };
        using var left = YoloSegEngine.Create(dense, options);
        using var right = YoloSegEngine.Create(endToEnd, options);
        foreach (var image in BatchOfFour.Images()) ShouldMatch(right.Detect(image.View), left.Detect(image.View));
    }

    private static void ShouldMatch(
        IReadOnlyList<InstanceDetection<DeskLabel>> found, IReadOnlyList<InstanceDetection<DeskLabel>> expected) =>
        ShouldMatch(BatchOfFour.Compare(found, expected));

    private static void ShouldMatch(InstanceDifference difference)
    {
        difference.SameInstances.ShouldBeTrue();
        difference.Score.ShouldBeLessThanOrEqualTo(1e-3);
        difference.Box.ShouldBeLessThanOrEqualTo(0.01);
        difference.MaskOverlap.ShouldBeGreaterThanOrEqualTo(0.999);
    }
}
