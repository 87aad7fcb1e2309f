using TrtBindings.Vision;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Gpu.Tests.TypedResults;

/// <summary>
/// Instances of a network in YOLO-seg's shapes. Its weights are random: every anchor is found, with scores from 0.50 to 0.52, and
/// every mask is empty. So all anchors are compared, and the best 300 besides, whose choice is between scores that are nearly
/// equal. Prototypes and coefficients are compared as tensors, with those of the other engines.
/// </summary>
public sealed class YoloSegTests
{
    private const int Anchors = 2100;
    private const int MostPictures = 8;

    private static readonly YoloSegOptions Best = new() { MaxBatch = MostPictures, InputWidth = 320, InputHeight = 320 };

    [SkippableTheory]
    [InlineData("yoloseg_n1-8_fp32")]
    [InlineData("yoloseg_n1-8_fp16")]
    public void All_instances_of_batches_of_1_to_8_are_those_of_the_CPU(string name)
    {
        using var models = Load(name);
        var comparison = Compare(models, new() { MaxBatch = MostPictures, MaxDetections = Anchors }, [1, 2, 3, 4, 5, 6, 7, 8]);
        comparison.Finds.ShouldBe(comparison.Pictures * Anchors);
        var pictures = TypedPictures.Squares();
        using var cpu = YoloSegEngine.Create(models.Cpu, Best);
        using var gpu = YoloSegEngine.Create(models.Gpu, Best);
        TypedTimes.Report(
            $"{name}, batch 8, the best {Best.MaxDetections}", MostPictures,
            () => cpu.Detect(pictures), () => gpu.Detect(pictures));
        TypedFigures.Check($"{name}, batches of 1 to 8, all anchors", comparison);
    }

    /// <summary>
    /// FP32 only: with random weights thousands of scores lie so close together that FP16's rounding decides which are the best.
    /// </summary>
    [SkippableFact]
    public void The_best_instances_are_those_of_the_CPU()
    {
        const string Name = "yoloseg_n1-8_fp32";
        using var models = Load(Name);
        var comparison = Compare(models, Best, [8]);
        comparison.Finds.ShouldBe(MostPictures * Best.MaxDetections);
        TypedFigures.Check($"{Name}, batch 8, the best {Best.MaxDetections}", comparison);
    }

    private static BackendPair<UntypedYoloSeg<Thing>> Load(string name) =>
        BackendPair<UntypedYoloSeg<Thing>>.Load(name, model => new(model, YoloForm.Dense));

    private static FindComparison Compare(
        BackendPair<UntypedYoloSeg<Thing>> models, YoloSegOptions options, int[] batches)
    {
        options = options with { InputWidth = 320, InputHeight = 320 };
        using var cpu = YoloSegEngine.Create(models.Cpu, options);
        using var gpu = YoloSegEngine.Create(models.Gpu, options);
        var comparison = new FindComparison(Tolerance.Of(models.Entry));
        var pictures = TypedPictures.Squares();
        foreach (var batch in batches)
        {
            // Another picture comes first each time.
            ImageMemory[] some = [.. Enumerable.Range(batch, batch).Select(i => pictures[i % pictures.Length])];
            var (expected, found) = (cpu.Detect(some), gpu.Detect(some));
            for (var i = 0; i < batch; i++)
                comparison.Add(Find.Of(expected[i]), Find.Of(found[i]), expected[i][^1].Score);
        }

        return comparison;
    }
}
