using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.YoloSeg;

/// <summary>The shipped model through the CPU backend.</summary>
public sealed class SampleModelTests
{
    [Fact]
    public void Four_different_images_in_one_batch_give_what_each_gives_alone()
    {
        using var model = SampleModels.Dense();
        using var batched = YoloSegEngine.For(model, new() { MaxBatch = 4 });
        using var alone = YoloSegEngine.For(model);
        var images = FourImages();
        var together = batched.Detect(images);
        for (var i = 0; i < images.Length; i++)
        {
            var single = alone.Detect(images[i].View);
            single.ShouldNotBeEmpty();
            ShouldMatch(together[i], single);
        }
    }

    [Fact]
    public void A_smaller_batch_after_a_larger_one_gives_the_same()
    {
        using var model = SampleModels.Dense();
        using var engine = YoloSegEngine.For(model, new() { MaxBatch = 4 });
        var images = FourImages();
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
        using var left = YoloSegEngine.For(dense, options);
        using var right = YoloSegEngine.For(endToEnd, options);
        foreach (var image in FourImages()) ShouldMatch(right.Detect(image.View), left.Detect(image.View));
    }

    /// <summary>Instances in any order: scores that differ in the last bit may change places.</summary>
    private static void ShouldMatch(
        IReadOnlyList<YoloSegDetection<DeskLabel>> found, IReadOnlyList<YoloSegDetection<DeskLabel>> expected)
    {
        found.Count.ShouldBe(expected.Count);
        var left = found.ToList();
        foreach (var wanted in expected)
        {
            var one = left.Where(candidate => candidate.Label == wanted.Label)
                .MaxBy(candidate => candidate.Box.IntersectionOverUnion(wanted.Box));
            left.Remove(one).ShouldBeTrue();
            one.Score.ShouldBe(wanted.Score, 1e-3f);
            one.Box.X1.ShouldBe(wanted.Box.X1, 0.01f);
            one.Box.Y1.ShouldBe(wanted.Box.Y1, 0.01f);
            one.Box.X2.ShouldBe(wanted.Box.X2, 0.01f);
            one.Box.Y2.ShouldBe(wanted.Box.Y2, 0.01f);
            Same.Overlap(one.Mask!, wanted.Mask!).ShouldBeGreaterThanOrEqualTo(0.999);
        }
    }

    private static Image[] FourImages()
    {
        var scene = SampleModels.Read("scene-03.png");
        return
        [
            SampleModels.Read("scene-00.png"), SampleModels.Read("scene-01.png"), scene,
            SampleModels.Crop(scene, 20, 10, scene.Width - 50, scene.Height - 20),
        ];
    }
}
