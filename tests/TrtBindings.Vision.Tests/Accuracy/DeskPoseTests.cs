using TrtBindings.Vision.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>The shipped pose model through the engine.</summary>
[Trait("Category", "Slow")]
public sealed class DeskPoseTests(ITestOutputHelper output) : IDisposable
{
    private const double Bar = 0.80;

    private readonly UntypedYoloPose<PosedLabel> _model = DeskPoseAccuracy.Load();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Key_points_reach_an_AP50_of_80_percent()
    {
        var classes = DeskPoseAccuracy.Measure();
        foreach (var one in classes) output.WriteLine($"{one.Class,-8} {one.Objects,3} objects  OKS AP50 {one.Ap50:0.0000}");
        classes.Length.ShouldBe(2);
        classes.Sum(one => one.Objects).ShouldBe(65);
        classes.Average(one => one.Ap50).ShouldBeGreaterThanOrEqualTo(Bar);
    }

    [Fact]
    public void It_finds_what_the_training_scripts_decoding_finds()
    {
        var reference = DeskFolder.Reference("desk-pose");
        reference.Sum(image => image.Finds.Length).ShouldBeGreaterThan(3);
        using var engine = YoloPoseEngine.Create(_model);
        foreach (var image in reference)
        {
            var found = engine.Detect(SampleModels.Read(image.File).View);
            found.Count.ShouldBe(image.Finds.Length);
            foreach (var (one, expected) in found.Zip(image.Finds))
            {
                one.ClassIndex.ShouldBe(expected.Class);
                one.Score.ShouldBe(expected.Score, 5e-3f);
                for (var i = 0; i < 3; i++)
                {
                    one.KeyPoints.Span[i].X.ShouldBe(expected.Numbers[4 + (3 * i)], 0.5f);
                    one.KeyPoints.Span[i].Y.ShouldBe(expected.Numbers[5 + (3 * i)], 0.5f);
                    one.KeyPoints.Span[i].Confidence!.Value.ShouldBe(expected.Numbers[6 + (3 * i)], 0.02f);
                }
            }
        }
    }
}
