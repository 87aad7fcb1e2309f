using TrtBindings.Vision.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>The shipped oriented detector through the engine.</summary>
[Trait("Category", "Slow")]
public sealed class DeskObbTests(ITestOutputHelper output) : IDisposable
{
    private const double Bar = 0.80;

    private readonly UntypedYoloObb<DeskLabel> _model = DeskObbAccuracy.Load();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Oriented_boxes_reach_an_AP50_of_80_percent()
    {
        var classes = DeskObbAccuracy.Measure();
        foreach (var one in classes) output.WriteLine($"{one.Class,-8} {one.Objects,3} objects  AP50 {one.Ap50:0.0000}");
        classes.Length.ShouldBe(6);
        classes.Sum(one => one.Objects).ShouldBe(256);
        classes.Average(one => one.Ap50).ShouldBeGreaterThanOrEqualTo(Bar);
    }

    [Fact]
    public void It_finds_what_the_training_scripts_decoding_finds()
    {
        var reference = DeskFolder.Reference("desk-obb");
        reference.Sum(image => image.Finds.Length).ShouldBeGreaterThan(6);
        using var engine = YoloObbEngine.Create(_model);
        foreach (var image in reference)
        {
            var found = engine.Detect(SampleModels.Read(image.File).View);
            found.Count.ShouldBe(image.Finds.Length);
            foreach (var (one, expected) in found.Zip(image.Finds))
            {
                var box = new OrientedObject(expected.Class, expected.Numbers).Box;
                one.ClassIndex.ShouldBe(expected.Class);
                one.Score.ShouldBe(expected.Score, 5e-3f);
                one.Box.ProbabilisticIou(box).ShouldBeGreaterThan(0.95);
            }
        }
    }

    [Fact]
    public void Every_angle_is_canonical()
    {
        using var engine = YoloObbEngine.Create(_model);
        var found = engine.Detect(SampleModels.Read("scene-18.png").View);
        found.Count.ShouldBe(5);
        foreach (var one in found)
        {
            one.Box.Width.ShouldBeGreaterThanOrEqualTo(one.Box.Height);
            one.Box.Angle.ShouldBeInRange(-MathF.PI / 4, 3 * MathF.PI / 4);
        }
    }
}
