using TrtBindings.Samples;
using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Shipped;

/// <summary>
/// Results in the caller's memory, of one image and of a batch, with the shipped models: the same as in new memory, for no
/// allocation.
/// </summary>
[Trait("Category", "Slow")]
public sealed class CallersMemoryTests
{
    private const int Batch = 3;

    [Theory]
    [InlineData(MaskSpace.Image)]
    [InlineData(MaskSpace.Model)]
    [InlineData(MaskSpace.None)]
    public void Yolo_seg(MaskSpace space)
    {
        using var model = SampleModels.Dense();
        using var engine = YoloSegEngine.Create(model, new() { MaxBatch = Batch, MaskSpace = space });
        var masks = new MaskBuffer();
        Check(
            ShippedModels.Scenes()[..Batch], images => engine.Detect(images), Finding.Of,
            (image, found) => engine.Detect(image.View, found, masks), (images, found) => engine.Detect(images, found, masks));
    }

    [Fact]
    public void Yolo_detect()
    {
        using var model = ShippedModels.Detect();
        using var engine = YoloDetectEngine.Create(model, new() { MaxBatch = Batch });
        Check(
            ShippedModels.Scenes()[..Batch], images => engine.Detect(images), Finding.Of,
            (image, found) => engine.Detect(image.View, found), (images, found) => engine.Detect(images, found));
    }

    [Fact]
    public void Scrfd()
    {
        using var model = ShippedModels.Faces();
        using var engine = ScrfdEngine.Create(model, new() { MaxBatch = Batch, InputWidth = 640, InputHeight = 480 });
        Check(
            ShippedModels.FacePictures()[..Batch], images => engine.Detect(images), Finding.Of,
            (image, found) => engine.Detect(image.View, found), (images, found) => engine.Detect(images, found));
    }

    [Fact]
    public void Mask_Rcnn()
    {
        using var model = ShippedModels.MaskRcnn();
        using var engine = MaskRcnnEngine.Create(model);
        var masks = new MaskBuffer();
        Check(
            ShippedModels.Scenes()[..1], images => engine.Detect(images), Finding.Of,
            (image, found) => engine.Detect(image.View, found, masks), (images, found) => engine.Detect(images, found, masks));
    }

    [Fact]
    public void Classification()
    {
        using var model = ShippedModels.Digits();
        using var engine = ClassificationEngine.Create(
            model, new() { Mean = ChannelValues.All(.5f), Deviation = ChannelValues.All(.5f) }, new() { MaxBatch = Batch });
        using var sheet = DigitSheet.Read(Path.Combine(TestPaths.RepositoryRoot, "samples", "models", "digits", "validation"));
        ImageMemory[] images = [.. sheet.Tiles.Take(Batch)];
        var found = new List<ClassificationResult<DigitLabel>>();
        Allocations.Of(() => engine.Classify(images[0].View, found)).ShouldBe(0);
        found.ShouldBe(engine.Classify(images[0].View));
        List<ClassificationResult<DigitLabel>>[] all = [.. images.Select(_ => new List<ClassificationResult<DigitLabel>>())];
        Allocations.Of(() => engine.Classify(images, all)).ShouldBe(0);
        var fresh = engine.Classify(images);
        for (var i = 0; i < Batch; i++) all[i].ShouldBe(fresh[i]);
    }

    [Fact]
    public void Semantic_segmentation()
    {
        using var model = ShippedModels.Semantic();
        // Maps of the pictures' sizes, of an input of another size.
        using var engine = SemanticSegmentationEngine.Create(
            model, SegmentationPreprocessing.UnitRange, new() { MaxBatch = Batch, InputWidth = 256, InputHeight = 192 });
        var images = ShippedModels.Scenes()[..Batch];
        var map = new ClassMap<DeskClass>();
        Allocations.Of(() => engine.Segment(images[0].View, map)).ShouldBe(0);
        map.Values.SequenceEqual(engine.Segment(images[0].View).Values).ShouldBeTrue();
        ClassMap<DeskClass>[] maps = [new(), new(), new()];
        Allocations.Of(() => engine.Segment(images, maps)).ShouldBe(0);
        var fresh = engine.Segment(images);
        for (var i = 0; i < Batch; i++) maps[i].Values.SequenceEqual(fresh[i].Values).ShouldBeTrue();
    }

    private static void Check<T>(
        ImageMemory[] images, Func<ImageMemory[], IReadOnlyList<IReadOnlyList<T>>> fresh, Func<T, Finding> of,
        Action<ImageMemory, List<T>> one, Action<ImageMemory[], List<T>[]> all)
    {
        var found = new List<T>();
        Allocations.Of(() => one(images[0], found)).ShouldBe(0);
        ShouldBeTheSame(found, fresh(images[..1])[0], of);
        List<T>[] lists = [.. images.Select(_ => new List<T>())];
        Allocations.Of(() => all(images, lists)).ShouldBe(0);
        var expected = fresh(images);
        for (var i = 0; i < images.Length; i++) ShouldBeTheSame(lists[i], expected[i], of);
    }

    private static void ShouldBeTheSame<T>(List<T> found, IReadOnlyList<T> expected, Func<T, Finding> of)
    {
        found.Count.ShouldBe(expected.Count);
        found.ShouldNotBeEmpty();
        for (var i = 0; i < found.Count; i++) of(found[i]).ShouldBeTheSameAs(of(expected[i]));
    }
}
