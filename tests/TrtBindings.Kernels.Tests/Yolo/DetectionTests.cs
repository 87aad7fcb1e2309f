using TrtBindings.Kernels.Tests.Support;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Kernels.Tests.Yolo;

[Trait("Category", "Slow")]
public sealed class DetectionTests : IDisposable
{
    private readonly KernelRig _rig = new();

    [SkippableFact]
    public void Twenty_random_heads_give_the_finds_of_the_CPU_bit_for_bit()
    {
        var count = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var options = new YoloOptions
            {
                ClassAgnostic = seed % 3 == 0, MultiLabel = seed % 4 == 1, Confidence = seed % 5 == 2 ? .01f : .25f,
                Iou = seed % 2 == 0 ? null : .45f,
            };
            count += YoloComparison.Detections(_rig.Bench, YoloHeads.Random(seed, anchors: 300 + (41 * seed)), options);
        }

        count.ShouldBeGreaterThan(1000);
    }

    [SkippableTheory]
    [InlineData(YoloForm.Transposed)]
    [InlineData(YoloForm.YoloV5)]
    [InlineData(YoloForm.YoloXDecoded)]
    [InlineData(YoloForm.EndToEnd)]
    public void Heads_of_rows_give_the_finds_of_the_CPU_bit_for_bit(YoloForm form)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var heads = YoloHeads.Random(seed, form, batch: 2, anchors: 400);
            YoloComparison.Detections(_rig.Bench, heads, new() { MultiLabel = seed == 3 }).ShouldBeGreaterThan(20);
        }
    }

    [SkippableFact]
    public void YOLOX_in_cells_gives_the_finds_of_the_CPU_within_a_thousandth_pixel()
    {
        var heads = YoloHeads.Random(3, YoloForm.YoloX, anchors: 8400, batch: 2, classes: 3, power: 20);
        YoloComparison.Detections(_rig.Bench, heads, new(), isClose: true).ShouldBeGreaterThan(100);
    }

    [SkippableTheory]
    [InlineData(YoloForm.Dense)]
    [InlineData(YoloForm.EndToEnd)]
    public void Three_pictures_of_a_batch_of_half_precision_keep_their_own_finds(YoloForm form)
    {
        var heads = YoloHeads.Random(8, form, batch: 3, isHalf: true);
        YoloComparison.Detections(_rig.Bench, heads, new(), isHalf: true).ShouldBeGreaterThan(50);
    }

    [SkippableFact]
    public void Equal_scores_are_in_the_order_of_anchors_and_classes()
    {
        var heads = YoloHeads.Random(1, anchors: 500);
        for (var anchor = 0; anchor < 500; anchor++)
            for (var label = 0; label < 5; label++)
                heads.Score(0, anchor, label) = (anchor + label) % 3 == 0 ? .5f : .25f * ((anchor % 4) + 1);
        YoloComparison.Detections(_rig.Bench, heads, new()).ShouldBeGreaterThan(20);
        YoloComparison.Detections(_rig.Bench, heads, new() { MultiLabel = true, ClassAgnostic = true }).ShouldBeGreaterThan(20);
    }

    [SkippableFact]
    public void An_overlap_equal_to_the_threshold_stays_and_one_above_goes()
    {
        // Rows of boxes of 20 x 20, each 10 further to the right than the one before: neighbours overlap by a third.
        var heads = YoloHeads.Random(9, anchors: 30 * 30);
        for (var anchor = 0; anchor < heads.Anchors; anchor++)
        {
            float[] box = [10 + (anchor % 30 * 10), 10 + (anchor / 30 * 20), 20, 20];
            for (var i = 0; i < 4; i++) heads[0, anchor, i] = box[i];
            for (var label = 0; label < 5; label++)
                heads.Score(0, anchor, label) = label == anchor / 30 % 5 ? .3f + (anchor * .0005f) : 0;
        }

        const float Third = 200f / 600;
        var options = new YoloOptions { MaxDetections = 1000, ClassAgnostic = true, Iou = Third };
        YoloComparison.Detections(_rig.Bench, heads, options).ShouldBe(900);
        YoloComparison.Detections(_rig.Bench, heads, options with { Iou = MathF.BitDecrement(Third) }).ShouldBe(450);
        YoloComparison.Detections(_rig.Bench, heads, options with { ClassAgnostic = false }).ShouldBe(900);
    }

    [SkippableTheory]
    [InlineData(YoloForm.Dense)]
    [InlineData(YoloForm.YoloV5)]
    [InlineData(YoloForm.Transposed)]
    [InlineData(YoloForm.EndToEnd)]
    public void NaN_and_infinities_end_as_on_the_CPU(YoloForm form)
    {
        float[] odd = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, float.MaxValue, float.Epsilon];
        var random = new Random(4);
        var heads = YoloHeads.Random(4, form, anchors: 300);
        for (var i = 0; i < 200; i++)
        {
            var number = random.Next(heads.Numbers);
            // A class that is not a number is an error, which has its own test.
            if (form == YoloForm.EndToEnd && number == 5) continue;
            heads[0, random.Next(heads.Anchors), number] = odd[random.Next(odd.Length)];
        }

        YoloComparison.Detections(_rig.Bench, heads, new()).ShouldBeGreaterThan(20);
        YoloComparison.Detections(_rig.Bench, heads, new() { MultiLabel = true, ClassAgnostic = true }).ShouldBeGreaterThan(20);
    }

    [SkippableTheory]
    [InlineData(YoloForm.Dense)]
    [InlineData(YoloForm.EndToEnd)]
    public void There_are_at_most_MaxDetections_finds_and_none_in_an_empty_head(YoloForm form)
    {
        var heads = YoloHeads.Random(5, form);
        var all = YoloComparison.Detections(_rig.Bench, heads, new() { MaxDetections = 100_000 });
        all.ShouldBeGreaterThan(100);
        foreach (var most in new[] { 1, 63, 64, 65, all - 1, all, all + 1 })
        {
            YoloComparison.Detections(_rig.Bench, heads, new() { MaxDetections = most })
                .ShouldBe(Math.Min(most, all), $"{most}");
        }

        YoloComparison.Detections(_rig.Bench, heads, new() { Confidence = 1 }).ShouldBe(0);
    }

    [SkippableFact]
    public void Of_more_than_30000_candidates_the_best_count() => CheckMany(hasTies: false);

    [SkippableFact]
    public void Of_more_than_30000_candidates_with_ties_the_best_count() => CheckMany(hasTies: true);

    private void CheckMany(bool hasTies)
    {
        var heads = YoloHeads.Random(6, anchors: 8400, power: 1);
        if (hasTies)
        {
            foreach (ref var score in heads.Predictions[0].AsSpan(4 * heads.Anchors))
                score = MathF.Ceiling(score * 4) / 4;
        }

        var options = new YoloOptions { MultiLabel = true, Confidence = .001f, MaxDetections = 400, Iou = .05f };
        YoloComparison.Detections(_rig.Bench, heads, options).ShouldBeGreaterThan(20);
    }

    [SkippableFact]
    public void A_place_of_the_batch_without_a_picture_has_no_finds()
    {
        var heads = YoloHeads.Random(7, batch: 2);
        var frames = heads.Frames;
        frames[1] = default;
        using var postprocessor = new GpuYoloDetections<Thing>(_rig.Kernels, new(), heads.Form, YoloComparison.Labels);
        using var predictions = _rig.Bench.Upload(YoloComparison.Joined(heads.Predictions), isHalf: false);
        _rig.Bench.Run(postprocessor, frames, [YoloComparison.Output(predictions, isHalf: false)], [heads.Shape]);
        var counts = new int[2];
        for (var item = 0; item < 2; item++)
        {
            var found = new List<Detection<Thing>>();
            postprocessor.Read(item, frames[item], found, null);
            counts[item] = found.Count;
        }

        counts[0].ShouldBeGreaterThan(10);
        counts[1].ShouldBe(0);
    }

    public void Dispose() => _rig.Dispose();
}
