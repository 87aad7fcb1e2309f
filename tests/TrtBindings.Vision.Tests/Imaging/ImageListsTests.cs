using System.Collections.Immutable;
using TrtBindings.Vision.Tests.Classification;
using TrtBindings.Vision.Tests.SemanticSegmentation;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Imaging;

/// <summary>Every engine takes a batch as a list, an array, a collection expression and any other read-only list.</summary>
public sealed class ImageListsTests
{
    private static readonly ImageMemory Photo = BlobPhotos.Make(3, 75, 50);

    [Fact]
    public async Task A_detection_engine_takes_lists()
    {
        using var engine = YoloDetectEngine.Create(new SyntheticYolo(
            YoloForm.EndToEnd, 1, 6, [[10, 10, 30, 30, .9f, 0], [5, 5, 50, 40, .8f, 1]], 64));
        List<ImageMemory> list = [Photo, Photo];
        var expected = engine.Detect([Photo, Photo]);
        expected.Select(found => found.Single().ClassIndex).ShouldBe([0, 1]);

        Same(engine.Detect(list));
        Same(engine.Detect(list.ToImmutableArray()));
        Same(engine.Detect(list.ToArray()));
        Same(await engine.DetectAsync(list));
        Should.Throw<ArgumentNullException>(() => engine.Detect((List<ImageMemory>)null!)).ParamName.ShouldBe("images");
        Should.Throw<TensorException>(() => engine.Detect(new List<ImageMemory>())).Message.ShouldContain("not 0");

        void Same(IReadOnlyList<IReadOnlyList<Detection<Thing>>> found) =>
            found.Select(one => one.Single()).ShouldBe(expected.Select(one => one.Single()));
    }

    [Fact]
    public async Task A_classification_engine_takes_lists()
    {
        using var engine = ClassificationEngine.Create(SmallClassifier.Load(), ClassificationPreprocessing.Ultralytics);
        List<ImageMemory> list = [Photo];
        var expected = engine.Classify([Photo])[0].ToArray();

        engine.Classify(list)[0].ShouldBe(expected);
        engine.Classify(list.ToArray())[0].ShouldBe(expected);
        (await engine.ClassifyAsync(list))[0].ShouldBe(expected);
    }

    [Fact]
    public async Task A_segmentation_engine_takes_lists()
    {
        using var engine = SemanticSegmentationEngine.Create(
            SmallSegmenter.Load(height: 32L, width: 48L), SegmentationPreprocessing.UnitRange);
        List<ImageMemory> list = [Photo];
        var expected = engine.Segment([Photo])[0].Values.ToArray();

        engine.Segment(list)[0].Values.ToArray().ShouldBe(expected);
        engine.Segment(list.ToArray())[0].Values.ToArray().ShouldBe(expected);
        (await engine.SegmentAsync(list))[0].Values.ToArray().ShouldBe(expected);
    }
}
