using TrtBindings.Vision.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>The shipped pose model through the engine.</summary>
public sealed class DeskPoseTests(ITestOutputHelper output) : IDisposable
{
    private const double Bar = 0.80;

    private readonly UntypedYoloPose<PosedLabel> _model = new(DeskFolder.Load("desk-pose"));

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Key_points_reach_an_AP50_of_80_percent()
    {
        var truth = DeskFolder.Truth<PosedAnnotations>("keypoints.json");
        using var engine = YoloPoseEngine.For(_model, new() { Confidence = 0.001f, MultiLabel = true });
        var found = new List<(int Image, YoloPose<PosedLabel> Pose)>();
        for (var i = 0; i < truth.Images.Length; i++)
            found.AddRange(engine.Detect(SampleModels.Read(truth.Images[i].File).View).Select(one => (i, one)));

        var precisions = truth.Classes.Select((name, label) =>
        {
            var poses = found.Where(one => one.Pose.ClassIndex == label).ToArray();
            var objects = truth.Images.Select(image => image.Objects.Where(one => one.Class == label).ToArray()).ToArray();
            var precision = AveragePrecision.Of(
                [.. poses.Select(one => (one.Image, one.Pose.Score))], [.. objects.Select(some => some.Length)],
                (pose, candidate) =>
                    objects[poses[pose].Image][candidate].Similarity(poses[pose].Pose.KeyPoints.Span, truth.Sigma));
            output.WriteLine($"{name,-8} {objects.Sum(some => some.Length),3} objects  OKS AP50 {precision:0.0000}");
            return precision;
        }).ToArray();
        truth.Images.Length.ShouldBe(48);
        precisions.Length.ShouldBe(2);
        precisions.Average().ShouldBeGreaterThanOrEqualTo(Bar);
    }

    [Fact]
    public void It_finds_what_the_training_scripts_decoding_finds()
    {
        var reference = DeskFolder.Reference("desk-pose");
        reference.Sum(image => image.Finds.Length).ShouldBeGreaterThan(3);
        using var engine = YoloPoseEngine.For(_model);
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
