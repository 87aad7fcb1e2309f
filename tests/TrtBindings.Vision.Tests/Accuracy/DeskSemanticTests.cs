using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>The shipped segmenter on pictures that were held out of its training, through the engine.</summary>
[Trait("Category", "Slow")]
public sealed class DeskSemanticTests(ITestOutputHelper output) : IDisposable
{
    private const double Bar = 0.80;
    private static readonly int Classes = Enum.GetValues<DeskClass>().Length;

    private readonly UntypedSegmenter<DeskClass> _model = new(UntypedModel.Load(
        Path.Combine(TestPaths.RepositoryRoot, "samples", "models", "desk-semantic", "desk-semantic.onnx")));

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Of_all_validation_pictures_the_mean_IoU_is_80_percent()
    {
        var overlaps = DeskSemanticAccuracy.Measure();
        for (var i = 0; i < Classes; i++) output.WriteLine($"{(DeskClass)i,-12}{overlaps[i]:0.0000}");
        output.WriteLine($"mean        {overlaps.Average():0.0000}");
        overlaps.Average().ShouldBeGreaterThanOrEqualTo(Bar);
        overlaps.ShouldAllBe(overlap => overlap > 0.5);
    }

    [Fact]
    public void A_batch_gives_each_picture_what_it_gives_alone()
    {
        ImageMemory[] images = [.. Annotations.Read(SampleModels.Validation).Images
            .Where(image => (image.Width, image.Height) == (320, 240)).Take(4).Select(image => SampleModels.Read(image.File))];
        using var engine = Engine(240, images.Length);
        var alone = images.Select(image => engine.Segment(image.View)).ToArray();
        for (var count = 2; count <= images.Length; count++)
        {
            var together = engine.Segment(images.AsSpan(0, count));
            for (var i = 0; i < count; i++)
            {
                var equal = together[i].Values.ToArray().Zip(alone[i].Values.ToArray()).Count(pair => pair.First == pair.Second);
                // Inference of several images may round differently.
                (equal / (double)(320 * 240)).ShouldBeGreaterThanOrEqualTo(0.9999);
            }
        }
    }

    [Fact]
    public void A_picture_of_another_size_than_the_input_gets_a_map_of_its_own_size()
    {
        using var engine = Engine(240);
        var image = SampleModels.Read("scene-04.png");
        engine.InputSizeOf(image.Width, image.Height).ShouldBe((240, 240));
        var map = engine.Segment(image.View);
        (map.Width, map.Height).ShouldBe((image.Width, image.Height));
        var expected = DeskSemanticAccuracy.ClassesOf(
            Annotations.Read(SampleModels.Validation).Images.Single(one => one.File == "scene-04.png"));
        var right = map.Values.ToArray().Zip(expected).Count(pair => pair.First == pair.Second);
        (right / (double)expected.Length).ShouldBeGreaterThanOrEqualTo(0.95);
    }

    private SemanticSegmentationEngine<DeskClass> Engine(int shortSide, int batch = 1) => SemanticSegmentationEngine.Create(
        _model, SegmentationPreprocessing.UnitRange with { ShortSide = shortSide }, new() { MaxBatch = batch });
}
