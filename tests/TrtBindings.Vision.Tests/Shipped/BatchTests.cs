using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Shipped;

/// <summary>
/// Batches of every size against single images, with the shipped segmenters of instances. Their batch is open, or one image
/// for Mask R-CNN. The other models' batches are tested beside their accuracy.
/// </summary>
[Trait("Category", "Slow")]
public sealed class BatchTests
{
    private const int Most = 6;

    [Fact]
    public void Yolo_seg_gives_each_image_of_a_batch_what_it_gives_alone()
    {
        using var model = SampleModels.Dense();
        using var engine = YoloSegEngine.Create(model, new() { MaxBatch = Most });
        Check(ShippedModels.Scenes(), image => engine.Detect(image.View), images => engine.Detect(images), Finding.Of);
    }

    [Fact]
    public void Yolo_seg_end_to_end_gives_each_image_of_a_batch_what_it_gives_alone()
    {
        using var model = SampleModels.EndToEnd();
        using var engine = YoloSegEngine.Create(model, new() { MaxBatch = Most });
        Check(ShippedModels.Scenes(), image => engine.Detect(image.View), images => engine.Detect(images), Finding.Of);
    }

    [Fact]
    public void Mask_Rcnn_takes_a_batch_of_one_and_refuses_more()
    {
        using var model = ShippedModels.MaskRcnn();
        using var engine = MaskRcnnEngine.Create(model);
        engine.MaxBatch.ShouldBe(1);
        var images = ShippedModels.Scenes();
        Check(images[..1], image => engine.Detect(image.View), batch => engine.Detect(batch), Finding.Of);
        Should.Throw<TensorException>(() => engine.Detect(images)).Message.ShouldContain("1 image, not 6");
    }

    private static void Check<T>(
        ImageMemory[] images, Func<ImageMemory, IReadOnlyList<T>> alone,
        Func<ImageMemory[], IReadOnlyList<IReadOnlyList<T>>> together, Func<T, Finding> of)
    {
        Finding[][] expected = [.. images.Select(image => alone(image).Select(of).ToArray())];
        expected.Sum(found => found.Length).ShouldBeGreaterThan(images.Length);
        for (var size = 1; size <= images.Length; size++)
        {
            // Each batch size starts with another image, so that an image is at several places of a batch.
            int[] picks = [.. Enumerable.Range(size, size).Select(i => i % images.Length)];
            var found = together([.. picks.Select(i => images[i])]);
            found.Count.ShouldBe(size);
            for (var i = 0; i < size; i++)
            {
                found[i].Count.ShouldBe(expected[picks[i]].Length);
                for (var k = 0; k < found[i].Count; k++) of(found[i][k]).ShouldBeNear(expected[picks[i]][k]);
            }
        }
    }
}
