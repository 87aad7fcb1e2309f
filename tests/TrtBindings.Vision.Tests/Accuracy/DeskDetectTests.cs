using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>The shipped detector, which is the shipped YOLO-seg model without its masks, through the engine.</summary>
public sealed class DeskDetectTests(ITestOutputHelper output) : IDisposable
{
    private const double Bar = 0.85;

    private readonly UntypedYoloDetect<DeskLabel> _model = new(UntypedModel.Load(
        Path.Combine(TestPaths.RepositoryRoot, "samples", "models", "desk-detect", "desk-detect.onnx")));

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Boxes_reach_an_AP50_of_85_percent()
    {
        var truth = Annotations.Read(SampleModels.Validation);
        using var engine = YoloDetectEngine.For(_model, new() { Confidence = 0.001f, MultiLabel = true });
        var found = new List<Prediction>();
        for (var i = 0; i < truth.Images.Length; i++)
        {
            foreach (var one in engine.Detect(SampleModels.Read(truth.Images[i].File).View))
                found.Add(new(i, one.ClassIndex, one.Score, one.Box, null));
        }

        var classes = ClassAccuracy.Of(truth, found);
        foreach (var one in classes) output.WriteLine($"{one.Class,-8} {one.Objects,3} objects  box AP50 {one.BoxAp50:0.0000}");
        truth.Images.Length.ShouldBe(48);
        classes.Length.ShouldBe(6);
        classes.Average(one => one.BoxAp50).ShouldBeGreaterThanOrEqualTo(Bar);
    }

    [Fact]
    public void It_finds_what_the_YOLO_seg_model_of_the_same_weights_finds()
    {
        using var segmenter = SampleModels.Dense();
        using var engine = YoloDetectEngine.For(_model);
        using var other = YoloSegEngine.For(segmenter, new() { MaskSpace = MaskSpace.None });
        foreach (var file in new[] { "scene-00.png", "scene-09.png", "scene-23.png", "scene-36.png" })
        {
            var image = SampleModels.Read(file);
            var (found, expected) = (engine.Detect(image.View), other.Detect(image.View));
            found.Count.ShouldBe(expected.Count);
            found.Count.ShouldBeGreaterThan(2);
            for (var i = 0; i < found.Count; i++)
            {
                found[i].Label.ShouldBe(expected[i].Label);
                found[i].Score.ShouldBe(expected[i].Score, 1e-5f);
                found[i].Box.IntersectionOverUnion(expected[i].Box).ShouldBeGreaterThan(0.9999f);
            }
        }
    }

    [Fact]
    public void A_batch_gives_each_picture_what_it_gives_alone()
    {
        // Pictures of different sizes.
        Image[] images = [.. new[] { "scene-00.png", "scene-01.png", "scene-03.png" }.Select(SampleModels.Read)];
        using var engine = YoloDetectEngine.For(_model, new() { MaxBatch = images.Length });
        var alone = images.Select(image => engine.Detect(image.View)).ToArray();
        var together = engine.Detect(images);
        for (var i = 0; i < images.Length; i++)
        {
            together[i].Count.ShouldBe(alone[i].Count);
            for (var k = 0; k < alone[i].Count; k++)
            {
                together[i][k].Label.ShouldBe(alone[i][k].Label);
                together[i][k].Score.ShouldBe(alone[i][k].Score, 1e-4f);
                together[i][k].Box.IntersectionOverUnion(alone[i][k].Box).ShouldBeGreaterThan(0.999f);
            }
        }
    }
}
