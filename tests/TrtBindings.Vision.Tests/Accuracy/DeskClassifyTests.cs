using TrtBindings.Vision.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>The shipped YOLO-shaped classifier through the engine, on every object of the validation pictures.</summary>
public sealed class DeskClassifyTests(ITestOutputHelper output) : IDisposable
{
    private const int MaxBatch = 32;
    private const double Bar = 0.90;

    private readonly UntypedClassifier<DeskLabel> _model = new(DeskFolder.Load("desk-classify"));

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Of_the_held_out_objects_90_percent_are_right()
    {
        var crops = Crops().ToArray();
        using var engine = Engine();
        var found = new List<int>();
        foreach (var batch in crops.Chunk(MaxBatch))
            foreach (var best in engine.Classify([.. batch.Select(crop => crop.Image)])) found.Add(best[0].ClassIndex);

        crops.Length.ShouldBe(256);
        var right = found.Zip(crops).Count(pair => pair.First == pair.Second.Class);
        foreach (var group in found.Zip(crops).GroupBy(pair => pair.Second.Class).OrderBy(group => group.Key))
        {
            var good = group.Count(pair => pair.First == group.Key);
            output.WriteLine($"{(DeskLabel)group.Key,-8} {group.Count(),3} objects, {good} right");
        }

        output.WriteLine($"{right} of {found.Count} right: {right / (double)found.Count:0.0000}");
        (right / (double)found.Count).ShouldBeGreaterThanOrEqualTo(Bar);
    }

    [Fact]
    public void Scores_are_probabilities_and_softmax_is_not_taken_twice()
    {
        using var engine = Engine();
        foreach (var (image, _) in Crops().Take(8))
        {
            var best = engine.Classify(image.View);
            var scores = engine.ScoresOf(0).ToArray();
            scores.Sum().ShouldBe(1, 1e-4f);
            // A second softmax over six classes could not rise above e / (e + 5).
            best[0].Score.ShouldBeGreaterThan(0.4f);
        }
    }

    [Fact]
    public void A_batch_gives_each_crop_what_it_gives_alone()
    {
        var crops = Crops().Take(7).ToArray();
        using var engine = Engine();
        var alone = crops.Select(crop => engine.Classify(crop.Image.View)[0]).ToArray();
        var together = engine.Classify([.. crops.Select(crop => crop.Image)]);
        together.Count.ShouldBe(crops.Length);
        for (var i = 0; i < crops.Length; i++)
        {
            together[i][0].ClassIndex.ShouldBe(alone[i].ClassIndex);
            together[i][0].Score.ShouldBe(alone[i].Score, 1e-5f);
        }
    }

    private ClassificationEngine<DeskLabel> Engine() => ClassificationEngine.For(
        _model, ClassificationPreprocessing.Ultralytics, new() { Top = 3, MaxBatch = MaxBatch });

    /// <summary>
    /// The square 1.25 times the longer side round each box, cut at the picture's edge, as the training script has it.
    /// </summary>
    private static IEnumerable<(Image Image, int Class)> Crops()
    {
        foreach (var picture in Annotations.Read(SampleModels.Validation).Images)
        {
            var image = SampleModels.Read(picture.File);
            foreach (var one in picture.Objects)
            {
                var half = Math.Max(one.Box[2] - one.Box[0], one.Box[3] - one.Box[1]) * 0.625f;
                var (x, y) = ((one.Box[0] + one.Box[2]) / 2, (one.Box[1] + one.Box[3]) / 2);
                var (left, top) = (Math.Max(0, (int)(x - half)), Math.Max(0, (int)(y - half)));
                var (right, bottom) = (Math.Min(image.Width, (int)(x + half)), Math.Min(image.Height, (int)(y + half)));
                yield return (SampleModels.Crop(image, left, top, right - left, bottom - top), one.Class);
            }
        }
    }
}
