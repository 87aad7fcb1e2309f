using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.YoloSeg;

/// <summary>Four different images, of different sizes, for the shipped model.</summary>
internal static class BatchOfFour
{
    public static ImageMemory[] Images()
    {
        var scene = SampleModels.Read("scene-03.png");
        return
        [
            SampleModels.Read("scene-00.png"), SampleModels.Read("scene-01.png"), scene,
            scene.Crop(20, 10, scene.Width - 50, scene.Height - 20),
        ];
    }

    /// <summary>The results of each image in the batch, compared with its results alone.</summary>
    public static InstanceDifference[] TogetherAgainstAlone()
    {
        using var model = SampleModels.Dense();
        using var batched = YoloSegEngine.Create(model, new() { MaxBatch = 4 });
        using var alone = YoloSegEngine.Create(model);
        var images = Images();
        var together = batched.Detect(images);
        return [.. images.Select((image, i) => Compare(together[i], alone.Detect(image.View)))];
    }

    public static InstanceDifference Compare(
        IReadOnlyList<InstanceDetection<DeskLabel>> found, IReadOnlyList<InstanceDetection<DeskLabel>> expected) =>
        InstanceDifference.Of(
            [.. found.Select(one => (one.ClassIndex, one.Score, one.Box, one.Mask!))],
            [.. expected.Select(one => (one.ClassIndex, one.Score, one.Box))],
            (mask, index) => Same.Overlap(mask, expected[index].Mask!));
}
