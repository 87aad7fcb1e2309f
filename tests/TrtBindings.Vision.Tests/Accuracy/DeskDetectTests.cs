using TrtBindings.Vision.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>The shipped detector through the engine.</summary>
public sealed class DeskDetectTests(ITestOutputHelper output) : IDisposable
{
    private const double Bar = 0.85;

    private readonly UntypedYoloDetect<DeskLabel> _model = new(DeskFolder.Load("desk-detect"));

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
    public void It_finds_what_the_training_scripts_decoding_finds()
    {
        var reference = DeskFolder.Reference("desk-detect");
        reference.Sum(image => image.Finds.Length).ShouldBeGreaterThan(6);
        using var engine = YoloDetectEngine.For(_model);
        foreach (var image in reference)
        {
            var found = engine.Detect(SampleModels.Read(image.File).View);
            found.Count.ShouldBe(image.Finds.Length);
            foreach (var (one, expected) in found.Zip(image.Finds))
            {
                var box = expected.Numbers;
                one.ClassIndex.ShouldBe(expected.Class);
                one.Score.ShouldBe(expected.Score, 5e-3f);
                one.Box.IntersectionOverUnion(new(box[0], box[1], box[2], box[3])).ShouldBeGreaterThan(0.98f);
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
