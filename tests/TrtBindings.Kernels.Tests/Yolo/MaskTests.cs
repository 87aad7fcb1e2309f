using TrtBindings.Kernels.Tests.Support;

namespace TrtBindings.Kernels.Tests.Yolo;

[Trait("Category", "Slow")]
public sealed class MaskTests : IDisposable
{
    private readonly KernelRig _rig = new();

    [SkippableTheory]
    [InlineData(MaskSpace.Image)]
    [InlineData(MaskSpace.Model)]
    [InlineData(MaskSpace.None)]
    public void Twenty_random_heads_give_the_masks_of_the_CPU_bit_for_bit(MaskSpace space)
    {
        var pixels = 0L;
        for (var seed = 0; seed < 20; seed++)
        {
            var grid = seed % 2 == 0 ? 160 : 40;
            var heads = YoloHeads.Random(seed, anchors: 200, others: 6, hasMasks: true, grid: grid, power: 12);
            var (found, _) = YoloComparison.Instances(_rig.Bench, heads, new() { MaskSpace = space });
            found.Count.ShouldBeGreaterThan(3);
            pixels += found.Sum(one => one.Mask?.Area ?? 0);
        }

        (pixels > 100_000).ShouldBe(space != MaskSpace.None);
    }

    [SkippableTheory]
    [InlineData(YoloForm.EndToEnd, false)]
    [InlineData(YoloForm.Transposed, false)]
    [InlineData(YoloForm.Dense, true)]
    public void Three_pictures_of_a_batch_keep_their_own_masks(YoloForm form, bool isHalf)
    {
        var heads = YoloHeads.Random(
            11, form, batch: 3, anchors: 60, others: 8, hasMasks: true, grid: 32, isHalf: isHalf, power: 12);
        var buffer = new MaskBuffer();
        YoloComparison.Instances(_rig.Bench, heads, new(), isHalf, buffer).Found.Count.ShouldBeGreaterThan(10);
    }

    // From pictures so small that a tile needs more values than there is room for, to tiles of less than 16 bytes and of 64 rows.
    [SkippableTheory]
    [InlineData(7, 5, 4)]
    [InlineData(12, 16, 70)]
    [InlineData(33, 21, 4)]
    [InlineData(150, 211, 4)]
    [InlineData(1920, 1080, 32)]
    public void Masks_of_pictures_of_any_scale_are_those_of_the_CPU(int width, int height, int prototypes)
    {
        var heads = YoloHeads.Random(
            3, anchors: 60, others: prototypes, hasMasks: true, grid: 160, isHalf: true, power: 2, size: (width, height));
        YoloComparison.Instances(_rig.Bench, heads, new(), isHalf: true).Found.Count.ShouldBeGreaterThan(3);
    }

    [SkippableFact]
    public void Masks_that_do_not_fit_make_the_room_grow_once()
    {
        var heads = YoloHeads.Random(0, anchors: 300, others: 4, hasMasks: true, grid: 160, power: 2);
        var (found, runs) = YoloComparison.Instances(_rig.Bench, heads, new() { Iou = 1, ClassAgnostic = true });
        found.Count.ShouldBeGreaterThan(200);
        runs.ShouldBe(3);
    }

    [SkippableFact]
    public void Finds_without_a_pixel_are_dropped_and_boxes_outside_have_none()
    {
        var heads = YoloHeads.Random(2, anchors: 40, others: 4, hasMasks: true, grid: 160, power: .2);
        for (var anchor = 0; anchor < 40; anchor++)
        {
            if (anchor % 3 == 0) heads[0, anchor, 0] = -3000;
            for (var m = 0; anchor % 3 == 1 && m < 4; m++) heads[0, anchor, heads.Numbers - 4 + m] = 0;
        }

        var all = YoloComparison.Instances(_rig.Bench, heads, new() { MaskSpace = MaskSpace.None }).Found.Count;
        YoloComparison.Instances(_rig.Bench, heads, new()).Found.Count.ShouldBeInRange(1, all - 10);
    }

    [SkippableFact]
    public void NaN_and_infinities_in_prototypes_and_boxes_end_as_on_the_CPU()
    {
        float[] odd = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue];
        var random = new Random(4);
        foreach (var seed in new[] { 2, 3, 4 })
        {
            var heads = YoloHeads.Random(seed, anchors: 60, others: 4, hasMasks: true, grid: 160, power: 4);
            for (var i = 0; i < 2000; i++)
                heads.Prototypes[0][random.Next(heads.Prototypes[0].Length)] = odd[random.Next(odd.Length)];
            for (var i = 0; i < 60; i++)
                heads[0, random.Next(60), random.Next(heads.Numbers)] = odd[random.Next(odd.Length)];
            YoloComparison.Instances(_rig.Bench, heads, new()).Found.Count.ShouldBeGreaterThan(5);
            YoloComparison.Instances(_rig.Bench, heads, new() { MaskSpace = MaskSpace.Model }).Found.Count.ShouldBeGreaterThan(5);
        }
    }

    public void Dispose() => _rig.Dispose();
}
