using TrtBindings.Kernels.Tests.Support;

namespace TrtBindings.Kernels.Tests.Yolo;

[Trait("Category", "Slow")]
public sealed class PoseAndOrientedTests : IDisposable
{
    private readonly KernelRig _rig = new();

    [SkippableTheory]
    [InlineData(YoloForm.Dense, 17, 3)]
    [InlineData(YoloForm.EndToEnd, 5, 2)]
    [InlineData(YoloForm.Transposed, 4, 3)]
    public void Random_heads_give_the_poses_of_the_CPU_bit_for_bit(YoloForm form, int points, int values)
    {
        var count = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var isHalf = seed % 4 == 3;
            var heads = YoloHeads.Random(
                seed, form, anchors: 200, others: points * values, batch: 1 + (seed % 3), isHalf: isHalf);
            count += YoloComparison.Poses(
                _rig.Bench, heads, points, values, new() { MaxDetections = seed % 5 == 4 ? 7 : 300 }, isHalf);
        }

        count.ShouldBeGreaterThan(500);
    }

    [SkippableTheory]
    [InlineData(YoloForm.Dense)]
    [InlineData(YoloForm.EndToEnd)]
    [InlineData(YoloForm.Transposed)]
    public void Random_heads_give_the_oriented_boxes_of_the_CPU_bit_for_bit(YoloForm form)
    {
        var count = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var isHalf = seed % 4 == 3;
            var heads = YoloHeads.Random(seed, form, anchors: 300, others: 1, batch: 1 + (seed % 3), isHalf: isHalf);
            var options = new YoloOptions
            {
                ClassAgnostic = seed % 3 == 1, MultiLabel = seed % 4 == 2, Iou = seed % 2 == 0 ? .3f : null,
                MaxDetections = seed % 5 == 4 ? 7 : 300,
            };
            count += YoloComparison.Oriented(_rig.Bench, heads, options, isHalf);
        }

        count.ShouldBeGreaterThan(500);
    }

    [SkippableFact]
    public void NaN_infinities_and_ties_in_oriented_boxes_end_as_on_the_CPU()
    {
        float[] odd = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, float.MaxValue, float.Epsilon, 1e5f];
        var random = new Random(4);
        var heads = YoloHeads.Random(4, anchors: 300, others: 1);
        for (var anchor = 0; anchor < 300; anchor++)
        {
            heads.Score(0, anchor, anchor % 5) = .5f;
            // Copies of a box, and boxes without an area.
            for (var i = 0; anchor % 7 == 1 && i < 4; i++) heads[0, anchor, i] = heads[0, anchor - 1, i];
            if (anchor % 11 == 3) heads[0, anchor, 2] = 0;
        }

        for (var i = 0; i < 200; i++)
            heads[0, random.Next(300), random.Next(heads.Numbers)] = odd[random.Next(odd.Length)];
        YoloComparison.Oriented(_rig.Bench, heads, new()).ShouldBeGreaterThan(50);
        YoloComparison.Oriented(_rig.Bench, heads, new() { ClassAgnostic = true, Iou = .1f }).ShouldBeGreaterThan(20);
    }

    public void Dispose() => _rig.Dispose();
}
