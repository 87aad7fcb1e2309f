using TrtBindings.Vision.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>The shipped oriented detector through the engine.</summary>
public sealed class DeskObbTests(ITestOutputHelper output) : IDisposable
{
    private const double Bar = 0.80;

    private readonly UntypedYoloObb<DeskLabel> _model = new(DeskFolder.Load("desk-obb"));

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Oriented_boxes_reach_an_AP50_of_80_percent()
    {
        var truth = DeskFolder.Truth<OrientedAnnotations>("rectangles.json");
        using var engine = YoloObbEngine.For(_model, new() { Confidence = 0.001f, MultiLabel = true });
        var found = new List<(int Image, YoloOrientedDetection<DeskLabel> One)>();
        for (var i = 0; i < truth.Images.Length; i++)
            found.AddRange(engine.Detect(SampleModels.Read(truth.Images[i].File).View).Select(one => (i, one)));

        var precisions = truth.Classes.Select((name, label) =>
        {
            var boxes = found.Where(one => one.One.ClassIndex == label).ToArray();
            var objects = truth.Images.Select(image => image.Objects.Where(one => one.Class == label).ToArray()).ToArray();
            var precision = AveragePrecision.Of(
                [.. boxes.Select(one => (one.Image, one.One.Score))], [.. objects.Select(some => some.Length)],
                (box, candidate) => PolygonOverlap.Of(boxes[box].One.Box, objects[boxes[box].Image][candidate].Box));
            output.WriteLine($"{name,-8} {objects.Sum(some => some.Length),3} objects  AP50 of the areas {precision:0.0000}");
            return precision;
        }).ToArray();
        truth.Images.Length.ShouldBe(48);
        precisions.Length.ShouldBe(6);
        precisions.Average().ShouldBeGreaterThanOrEqualTo(Bar);
    }

    [Fact]
    public void It_finds_what_the_training_scripts_decoding_finds()
    {
        var reference = DeskFolder.Reference("desk-obb");
        reference.Sum(image => image.Finds.Length).ShouldBeGreaterThan(6);
        using var engine = YoloObbEngine.For(_model);
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
        using var engine = YoloObbEngine.For(_model);
        var found = engine.Detect(SampleModels.Read("scene-09.png").View);
        found.Count.ShouldBeGreaterThan(2);
        foreach (var one in found)
        {
            one.Box.Width.ShouldBeGreaterThanOrEqualTo(one.Box.Height);
            one.Box.Angle.ShouldBeInRange(-MathF.PI / 4, 3 * MathF.PI / 4);
        }
    }
}
