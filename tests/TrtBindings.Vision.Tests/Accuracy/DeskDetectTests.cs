using TrtBindings.Vision.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>The shipped detector through the engine.</summary>
[Trait("Category", "Slow")]
public sealed class DeskDetectTests(ITestOutputHelper output) : IDisposable
{
    private const double Bar = 0.85;

    private readonly UntypedYoloDetect<DeskLabel> _model = ShippedModels.Detect();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Boxes_reach_an_AP50_of_85_percent()
    {
        var classes = DeskDetectAccuracy.Measure();
        foreach (var one in classes) output.WriteLine($"{one.Class,-8} {one.Objects,3} objects  box AP50 {one.BoxAp50:0.0000}");
        classes.Length.ShouldBe(6);
        classes.Sum(one => one.Objects).ShouldBe(256);
        classes.Average(one => one.BoxAp50).ShouldBeGreaterThanOrEqualTo(Bar);
    }

    [Fact]
    public void It_finds_what_the_training_scripts_decoding_finds()
    {
        var reference = DeskFolder.Reference("desk-detect");
        reference.Sum(image => image.Finds.Length).ShouldBeGreaterThan(6);
        using var engine = YoloDetectEngine.Create(_model);
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
}
