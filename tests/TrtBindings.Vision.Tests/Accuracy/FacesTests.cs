using System.Numerics;
using TrtBindings.Vision.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>The shipped face detector on pictures that were held out of its training, through the engine.</summary>
[Trait("Category", "Slow")]
public sealed class FacesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(640, 480)]
    [InlineData(640, 640)]
    [InlineData(960, 736)]
    public void At_one_false_find_a_picture_98_percent_of_the_faces_are_found(int width, int height)
    {
        var accuracy = Measure(width, height);
        accuracy.Faces.ShouldBe(83);
        accuracy.Recall.ShouldBeGreaterThanOrEqualTo(0.98);
        accuracy.PointError.ShouldBeLessThanOrEqualTo(0.06);
        // Heads are tilted by 10 degrees on average: a model that always says 0 degrees would have that error.
        accuracy.TiltError.ShouldBeLessThanOrEqualTo(5);
    }

    [Fact]
    public void At_half_the_size_of_the_pictures_it_still_finds_95_percent()
    {
        var accuracy = Measure(320, 256);
        accuracy.Recall.ShouldBeGreaterThanOrEqualTo(0.95);
        accuracy.PointError.ShouldBeLessThanOrEqualTo(0.09);
    }

    [Fact]
    public void Every_batch_from_1_to_8_gives_each_picture_what_it_gives_alone()
    {
        // Whole pictures and parts of them, so that a batch has several sizes and scales.
        ImageMemory[] pictures = [.. FaceAnnotations.Read().Images.Where(image => image.Faces.Length > 1).Take(8)
            .Select(FaceAnnotations.Picture).Select((image, i) => i % 2 == 0 ? image
                : image.Crop(10 * i, 5 * i, image.Width - (40 * i), image.Height - (10 * i)))];
        using var model = ShippedModels.Faces();
        using var engine = ScrfdEngine.Create(
            model, new() { MaxBatch = 8, InputWidth = 640, InputHeight = 480, Confidence = 0.3f });
        var alone = pictures.Select(picture => engine.Detect(picture.View)).ToArray();
        alone.Sum(faces => faces.Count).ShouldBeGreaterThan(20);
        for (var size = 1; size <= pictures.Length; size++)
        {
            // Each batch size starts with another picture, so that a picture is at several places of a batch.
            var picks = Enumerable.Range(0, size).Select(i => (i + size) % pictures.Length).ToArray();
            var together = engine.Detect([.. picks.Select(i => pictures[i])]);
            together.Count.ShouldBe(size);
            for (var i = 0; i < size; i++) Same(together[i], alone[picks[i]]);
        }
    }

    private FaceAccuracy Measure(int width, int height)
    {
        var accuracy = FaceModelAccuracy.Measure(width, height);
        output.WriteLine($"{width} x {height}: {accuracy.Faces} faces, recall {accuracy.Recall:0.0000} at a score of "
            + $"{accuracy.Threshold:0.000}, points off by {accuracy.PointError:0.0000} of the face, "
            + $"the line through the eyes by {accuracy.TiltError:0.00} degrees");
        return accuracy;
    }

    private static void Same(IReadOnlyList<FaceDetection> found, IReadOnlyList<FaceDetection> expected)
    {
        found.Count.ShouldBe(expected.Count);
        for (var i = 0; i < found.Count; i++)
        {
            // Inference of several images may round differently.
            found[i].Score.ShouldBe(expected[i].Score, 1e-4f);
            found[i].Box.IntersectionOverUnion(expected[i].Box).ShouldBeGreaterThan(0.9999f);
            for (var k = 0; k < FaceKeyPoints.Count; k++)
                Vector2.Distance(found[i].KeyPoints!.Value[k], expected[i].KeyPoints!.Value[k]).ShouldBeLessThan(0.01f);
        }
    }
}
