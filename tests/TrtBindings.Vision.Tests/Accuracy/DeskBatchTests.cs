using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>Batches of the shipped YOLO models against single pictures.</summary>
[Trait("Category", "Slow")]
public sealed class DeskBatchTests
{
    private const int Largest = 8;
    private static readonly YoloOptions Options = new() { MaxBatch = Largest };

    /// <summary>Whole pictures and parts of them, so that a batch has several sizes and scales.</summary>
    private static readonly ImageMemory[] Pictures =
        [.. new[] { 9, 10, 12, 13, 14, 15, 18, 19 }.Select(i => SampleModels.Read($"scene-{i:00}.png")).Select((image, i) =>
            i % 2 == 0 ? image : image.Crop(3 * i, 2 * i, image.Width - (9 * i), image.Height - (4 * i)))];

    [Fact]
    public void Every_batch_from_1_to_8_gives_each_picture_the_boxes_it_gives_alone()
    {
        using var model = ShippedModels.Detect();
        using var engine = YoloDetectEngine.Create(model, Options);
        Check(engine, 30, (left, right) =>
        {
            Same(left.ClassIndex, left.Score, right.ClassIndex, right.Score);
            left.Box.IntersectionOverUnion(right.Box).ShouldBeGreaterThan(0.9999f);
        });
    }

    [Fact]
    public void Every_batch_from_1_to_8_gives_each_picture_the_poses_it_gives_alone()
    {
        using var model = DeskPoseAccuracy.Load();
        using var engine = YoloPoseEngine.Create(model, Options);
        Check(engine, 8, (left, right) =>
        {
            Same(left.ClassIndex, left.Score, right.ClassIndex, right.Score);
            left.Box.IntersectionOverUnion(right.Box).ShouldBeGreaterThan(0.9999f);
            for (var i = 0; i < right.KeyPoints.Length; i++)
            {
                left.KeyPoints.Span[i].X.ShouldBe(right.KeyPoints.Span[i].X, 0.01f);
                left.KeyPoints.Span[i].Y.ShouldBe(right.KeyPoints.Span[i].Y, 0.01f);
                left.KeyPoints.Span[i].Confidence!.Value.ShouldBe(right.KeyPoints.Span[i].Confidence!.Value, 1e-4f);
            }
        });
    }

    [Fact]
    public void Every_batch_from_1_to_8_gives_each_picture_the_oriented_boxes_it_gives_alone()
    {
        using var model = DeskObbAccuracy.Load();
        using var engine = YoloObbEngine.Create(model, Options);
        Check(engine, 30, (left, right) =>
        {
            Same(left.ClassIndex, left.Score, right.ClassIndex, right.Score);
            // Compared by area, because the angle of a nearly square rectangle depends on the last bits of its sides.
            PolygonOverlap.Of(left.Box, right.Box).ShouldBeGreaterThan(0.999);
        });
    }

    private static void Check<T>(DetectionEngine<T> engine, int least, Action<T, T> same)
        where T : struct
    {
        var alone = Pictures.Select(picture => engine.Detect(picture.View)).ToArray();
        alone.Sum(found => found.Count).ShouldBeGreaterThanOrEqualTo(least);
        for (var size = 1; size <= Largest; size++)
        {
            // Each batch size starts with another picture, so that a picture is at several places of a batch.
            var picks = Enumerable.Range(0, size).Select(i => (i + size) % Pictures.Length).ToArray();
            var together = engine.Detect([.. picks.Select(i => Pictures[i])]);
            together.Count.ShouldBe(size);
            for (var i = 0; i < size; i++)
            {
                together[i].Count.ShouldBe(alone[picks[i]].Count);
                for (var k = 0; k < together[i].Count; k++) same(together[i][k], alone[picks[i]][k]);
            }
        }
    }

    /// <summary>Inference of several pictures may round differently.</summary>
    private static void Same(int left, float leftScore, int right, float rightScore)
    {
        left.ShouldBe(right);
        leftScore.ShouldBe(rightScore, 1e-4f);
    }
}
