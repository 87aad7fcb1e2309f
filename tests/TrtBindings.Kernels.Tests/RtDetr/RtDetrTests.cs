using TrtBindings.Kernels.Tests.Support;
using TrtBindings.Vision.RtDetr;

namespace TrtBindings.Kernels.Tests.RtDetr;

[Trait("Category", "Slow")]
public sealed class RtDetrTests
{
    private static readonly GpuFrame Picture = new() { Width = 200, Height = 100 };

    [SkippableFact]
    public void Objects_of_random_outputs_are_the_processors_bit_for_bit()
    {
        using var rig = new KernelRig();
        for (var seed = 0; seed < 80; seed++) RtDetrComparison.Check(rig.Kernels, rig.Queue, rig.Wait, seed);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void None_all_and_equal_scores_come_in_the_processors_order(bool hasClass)
    {
        using var rig = new KernelRig();
        foreach (var score in new[] { 0f, .25f, .5f, float.NaN, float.PositiveInfinity })
        {
            var values = new float[700 * 6];
            for (var at = 0; at < values.Length; at += 6) (values[at], values[at + 4], values[at + 5]) = (at, score, 1);
            RtDetrComparison.Check(rig.Kernels, rig.Queue, rig.Wait, values, 1, 6, false, hasClass, RtDetrComparison.Names(2),
                new() { MaxDetections = 300 }, Picture);
        }
    }

    [SkippableFact]
    public void A_class_without_a_label_is_the_processors_error()
    {
        using var rig = new KernelRig();
        foreach (var label in new[] { 3f, -1, float.NaN, 1e20f })
        {
            RtDetrComparison.Check(rig.Kernels, rig.Queue, rig.Wait, [.5f, .5f, .1f, .1f, .9f, 1, .5f, .5f, .1f, .1f, .8f, label],
                1, 6, false, hasClass: true, RtDetrComparison.Names(3), new(), Picture);
        }
    }

    [SkippableFact]
    public void More_rows_than_declared_make_their_room_with_the_first_run()
    {
        using var rig = new KernelRig();
        var signature = new ModelSignature(
            "m.onnx", default, new([TensorDescription.Of("rows", ElementType.Float, "batch", "rows", 6)]));
        using var detector = new GpuRtDetrDetections<HeadLabel>(rig.Kernels, signature, hasClass: true, new(), 1);
        using var heads = new Heads(rig.Kernels, rig.Queue, rig.Wait);
        heads.Add([.5f, .5f, .5f, .5f, .9f, 2, .5f, .5f, .5f, .5f, .8f, 1], false, 1, 2, 6);
        heads.Run(detector, Picture).ShouldBe(2);
        heads.Run(detector, Picture).ShouldBe(1);
        var found = new List<Detection<HeadLabel>>();
        detector.Read(0, Picture, found, null);
        found.Select(one => one.Label).ShouldBe([HeadLabel.Spoon, HeadLabel.Plate]);
        found[0].Box.ShouldBe(new(50, 25, 150, 75));
    }
}
