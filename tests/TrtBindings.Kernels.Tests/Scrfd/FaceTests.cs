using TrtBindings.Kernels.Tests.Support;

namespace TrtBindings.Kernels.Tests.Scrfd;

[Trait("Category", "Slow")]
public sealed class FaceTests : IDisposable
{
    private static readonly ScrfdForm[] Forms = Enum.GetValues<ScrfdForm>();

    private readonly KernelRig _rig = new();

    [SkippableFact]
    public void Twenty_random_heads_give_the_faces_of_the_CPU_bit_for_bit()
    {
        var count = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var heads = new ScrfdHeads(seed, Forms[seed % Forms.Length], width: 160 + (seed * 8), height: 130);
            count += heads.Compare(_rig.Bench, new() { Confidence = seed % 3 == 0 ? .2f : .5f, Iou = seed % 5 == 0 ? .1f : .4f });
        }

        count.ShouldBeGreaterThan(1000);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Three_pictures_of_a_batch_keep_their_own_faces(bool isHalf) =>
        new ScrfdHeads(31, ScrfdForm.ThreeStridesKeyPoints, batch: 3, isHalf: isHalf)
            .Compare(_rig.Bench, new(), isHalf).ShouldBeGreaterThan(100);

    [SkippableFact]
    public void Outputs_without_a_batch_are_those_of_one_picture() =>
        new ScrfdHeads(32, ScrfdForm.ThreeStrides).Compare(_rig.Bench, new(), isBatched: false).ShouldBeGreaterThan(20);

    [SkippableFact]
    public void Equal_scores_and_both_zeros_are_in_the_order_of_their_rows()
    {
        var heads = new ScrfdHeads(33, ScrfdForm.FiveStridesKeyPoints);
        for (var level = 0; level < heads.Levels; level++)
        {
            var scores = heads.Outputs[level][0];
            for (var i = 0; i < scores.Length; i++) scores[i] = (i % 4) switch { 0 => .5f, 1 => 0, 2 => -0f, _ => 1 };
        }

        heads.Compare(_rig.Bench, new() { Confidence = 0 }).ShouldBeGreaterThan(50);
        heads.Compare(_rig.Bench, new() { Confidence = .5f }).ShouldBeGreaterThan(50);
    }

    [SkippableFact]
    public void NaN_and_infinities_end_as_on_the_CPU()
    {
        float[] odd = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, float.MaxValue];
        var heads = new ScrfdHeads(34, ScrfdForm.ThreeStridesKeyPoints);
        var random = new Random(1);
        foreach (var output in heads.Outputs)
            for (var i = 0; i < output[0].Length / 40; i++)
                output[0][random.Next(output[0].Length)] = odd[random.Next(odd.Length)];
        heads.Compare(_rig.Bench, new()).ShouldBeGreaterThan(5);
        // A box of NaN that is not the best suppresses nothing but goes; one that is the best takes all others along.
        foreach (var level in Enumerable.Range(0, 3)) heads.Outputs[level][0].AsSpan().Fill(.4f);
        heads.Outputs[0][0][5] = .9f;
        heads.Outputs[3][0].AsSpan(20, 4).Fill(float.NaN);
        heads.Compare(_rig.Bench, new() { Confidence = .3f }).ShouldBe(1);
    }

    [SkippableTheory]
    [InlineData(FaceRanking.CentralArea)]
    [InlineData(FaceRanking.Area)]
    public void MaxFaces_leaves_those_of_the_best_rank_and_an_empty_head_none(FaceRanking ranking)
    {
        var heads = new ScrfdHeads(35, ScrfdForm.ThreeStrides);
        var all = heads.Compare(_rig.Bench, new() { Ranking = ranking });
        all.ShouldBeGreaterThan(20);
        foreach (var most in new[] { 1, all - 1, all, all + 1 })
            heads.Compare(_rig.Bench, new() { Ranking = ranking, MaxFaces = most }).ShouldBe(Math.Min(all, most));
        heads.Compare(_rig.Bench, new() { Confidence = 1 }).ShouldBe(0);
    }

    public void Dispose() => _rig.Dispose();
}
