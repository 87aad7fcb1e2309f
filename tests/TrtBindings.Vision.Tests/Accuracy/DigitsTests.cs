using TrtBindings.Samples;
using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>The shipped classifier on digits that were held out of its training, through the engine.</summary>
[Trait("Category", "Slow")]
public sealed class DigitsTests(ITestOutputHelper output) : IDisposable
{
    private const int MaxBatch = 32;
    private const double Bar = 0.97;
    private static readonly string Folder = Path.Combine(TestPaths.RepositoryRoot, "samples", "models", "digits");

    private readonly DigitSheet _sheet = DigitSheet.Read(Path.Combine(Folder, "validation"));
    private readonly UntypedClassifier<DigitLabel> _model = new(UntypedModel.Load(Path.Combine(Folder, "digits-vit.onnx")));

    public void Dispose()
    {
        _model.Dispose();
        _sheet.Dispose();
    }

    [Fact]
    public void Of_the_held_out_digits_97_percent_are_right()
    {
        using var engine = Engine();
        var found = new List<ClassificationResult<DigitLabel>>();
        foreach (var batch in _sheet.Tiles.Chunk(MaxBatch))
            foreach (var best in engine.Classify(batch)) found.Add(best[0]);

        found.Count.ShouldBe(355);
        found.ShouldAllBe(one => (int)one.Label == one.ClassIndex);
        _sheet.Labels.Distinct().Count().ShouldBe(10);
        var right = found.Zip(_sheet.Labels).Count(pair => pair.First.ClassIndex == pair.Second);
        output.WriteLine($"{right} of {found.Count} right: {right / (double)found.Count:0.0000}");
        (right / (double)found.Count).ShouldBeGreaterThanOrEqualTo(Bar);
    }

    [Fact]
    public void Every_batch_from_1_to_32_gives_its_own_size_and_what_each_digit_gives_alone()
    {
        using var engine = Engine();
        var alone = _sheet.Tiles.Take(MaxBatch).Select(tile => (Best: engine.Classify(tile.View), Scores: Scores(engine, 0)))
            .ToArray();
        for (var size = 1; size <= MaxBatch; size++)
        {
            // Each batch size starts with another digit, so that a digit is at several places of a batch.
            var picks = Enumerable.Range(0, size).Select(i => (i + size) % MaxBatch).ToArray();
            var together = engine.Classify([.. picks.Select(i => _sheet.Tiles[i])]);
            together.Count.ShouldBe(size);
            Should.Throw<ArgumentOutOfRangeException>(() => Scores(engine, size));
            for (var i = 0; i < size; i++)
            {
                together[i][0].Label.ShouldBe(alone[picks[i]].Best[0].Label);
                Same(Scores(engine, i), alone[picks[i]].Scores);
            }
        }
    }

    [Fact]
    public void The_output_has_the_actual_batch_of_every_size_from_1_to_32()
    {
        IRunnableModel model = _model;
        foreach (var size in Enumerable.Range(1, MaxBatch))
        {
            using var inputs = model.CreateInputs(size);
            using var outputs = model.CreateOutputs(size);
            model.Run(inputs, outputs);
            outputs.Tensors[0].Lengths.ToArray().ShouldBe(new nint[] { size, 10 });
            ((OutputTensor<float>)outputs.Tensors[0]).Span.Length.ShouldBe(size * 10);
        }
    }

    private ClassificationEngine<DigitLabel> Engine() => ClassificationEngine.Create(
        _model, new() { Mean = ChannelValues.All(0.5f), Deviation = ChannelValues.All(0.5f) },
        new() { Top = 3, MaxBatch = MaxBatch });

    private static float[] Scores(ClassificationEngine<DigitLabel> engine, int image) => engine.ScoresOf(image).ToArray();

    private static void Same(float[] found, float[] expected)
    {
        found.Length.ShouldBe(10);
        for (var i = 0; i < found.Length; i++) found[i].ShouldBe(expected[i], 1e-5f);
    }
}
