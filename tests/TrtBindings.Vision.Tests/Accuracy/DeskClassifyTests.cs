using TrtBindings.Vision.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>The shipped YOLO-shaped classifier through the engine, on every object of the validation pictures.</summary>
[Trait("Category", "Slow")]
public sealed class DeskClassifyTests(ITestOutputHelper output) : IDisposable
{
    private const double Bar = 0.90;

    private readonly UntypedClassifier<DeskLabel> _model = DeskClassifyAccuracy.Load();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Of_the_held_out_objects_90_percent_are_right()
    {
        var found = DeskClassifyAccuracy.Measure();
        foreach (var group in found.GroupBy(one => one.Class).OrderBy(group => group.Key))
        {
            var right = group.Count(one => one.Found == one.Class);
            output.WriteLine($"{(DeskLabel)group.Key,-8} {group.Count(),3} objects, {right} right");
        }

        found.Length.ShouldBe(256);
        found.Average(one => one.Found == one.Class ? 1.0 : 0).ShouldBeGreaterThanOrEqualTo(Bar);
    }

    [Fact]
    public void Scores_are_probabilities_and_softmax_is_not_taken_twice()
    {
        using var engine = DeskClassifyAccuracy.Engine(_model);
        foreach (var (_, image, _) in DeskClassifyAccuracy.Crops(SampleModels.Validation).Take(8))
        {
            var best = engine.Classify(image.View);
            var scores = engine.ScoresOf(0).ToArray();
            scores.Sum().ShouldBe(1, 1e-4f);
            // A second softmax over six classes could not rise above e / (e + 5).
            best[0].Score.ShouldBeGreaterThan(0.4f);
        }
    }

    [Fact]
    public void Every_batch_from_1_to_8_gives_each_crop_what_it_gives_alone()
    {
        var crops = DeskClassifyAccuracy.Crops(SampleModels.Validation).Take(8).Select(crop => crop.Image).ToArray();
        using var engine = DeskClassifyAccuracy.Engine(_model);
        var alone = crops.Select(crop => engine.Classify(crop.View)[0]).ToArray();
        for (var size = 1; size <= crops.Length; size++)
        {
            var picks = Enumerable.Range(0, size).Select(i => (i + size) % crops.Length).ToArray();
            var together = engine.Classify([.. picks.Select(i => crops[i])]);
            together.Count.ShouldBe(size);
            for (var i = 0; i < size; i++)
            {
                together[i][0].ClassIndex.ShouldBe(alone[picks[i]].ClassIndex);
                together[i][0].Score.ShouldBe(alone[picks[i]].Score, 1e-5f);
            }
        }
    }
}
