using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Gpu.Tests.TypedResults;

/// <summary>
/// Instances of a Mask R-CNN in fixed slots, with random weights: every slot is filled, with scores that are nearly equal.
/// </summary>
public sealed class MaskRcnnTests
{
    private const string Engine = "mask_fixed_slots_fp32";
    private const int Slots = 20;

    [SkippableFact]
    public void Instances_are_those_of_the_CPU()
    {
        using var models = BackendPair<UntypedMaskRcnn<Thing>>.Load(Engine, model => new(model, MaskRcnnForm.FixedSlots));
        using var cpu = MaskRcnnEngine.Create(models.Cpu);
        using var gpu = MaskRcnnEngine.Create(models.Gpu);
        var comparison = new FindComparison(Tolerance.Of(models.Entry));
        var pictures = TypedPictures.Squares();
        foreach (var picture in pictures)
        {
            var (expected, found) = (cpu.Detect(picture), gpu.Detect(picture));
            comparison.Add(Find.Of(expected), Find.Of(found), expected[^1].Score);
        }

        comparison.Finds.ShouldBe(Slots * pictures.Length);
        TypedTimes.Report($"{Engine}, a picture of 440 x 440", 1, () => cpu.Detect(pictures[0]), () => gpu.Detect(pictures[0]));
        TypedFigures.Check($"{Engine}, all slots", comparison);
    }
}
