using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Scrfd;

public sealed class DecodeTests
{
    [Fact]
    public void Distances_are_strides_from_the_corner_of_the_cell()
    {
        var decoder = new ScrfdDecoder();
        var (scores, boxes, points) = (new float[12_800], new float[12_800 * 4], new float[12_800 * 10]);
        scores[161] = .5f;
        new float[] { 1, 2, 3, 4 }.CopyTo(boxes, 161 * 4);
        Enumerable.Range(0, 10).Select(i => (float)i).ToArray().CopyTo(points, 161 * 10);
        decoder.Add(scores, boxes, points, 80, 2, 8, 1, .5f);
        decoder.Count.ShouldBe(1);
        decoder.Sort();
        decoder[0].Box.ShouldBe(new Box(-8, -8, 24, 40));
        decoder[0].KeyPoints.ShouldBe(
            new FaceKeyPoints(new(0, 16), new(16, 32), new(32, 48), new(48, 64), new(64, 80)));
    }

    [Fact]
    public void A_score_equal_to_the_confidence_counts_and_the_scale_divides_everything()
    {
        var decoder = new ScrfdDecoder();
        decoder.Add([.5f, .49f], [1, 1, 1, 1, 9, 9, 9, 9], [], 1, 1, 16, .5f, .5f);
        decoder.Count.ShouldBe(1);
        decoder.Sort();
        decoder[0].ShouldBe(new FaceDetection(.5f, new(-32, -32, 32, 32), null));
    }

    [Fact]
    public void Faces_are_sorted_by_score_and_equal_ones_by_their_place()
    {
        var decoder = new ScrfdDecoder();
        decoder.Add([.2f, .9f, -0f, .9f, 0f], new float[20], [], 5, 1, 8, 1, 0);
        decoder.Sort();
        Enumerable.Range(0, 5).Select(i => (decoder[i].Score, decoder[i].Box.X1))
            .ShouldBe([(.9f, 8), (.9f, 24), (.2f, 0), (0f, 16), (0f, 32)]);
    }

    [Fact]
    public void Overlaps_count_one_pixel_more()
    {
        var (first, second) = (new Box(0, 0, 10, 10), new Box(0, 0, 10, 4));
        first.IntersectionOverUnion(second).ShouldBe(.4f, 1e-6f);
        FaceSuppression.Overlap(first, second).ShouldBe(55f / 121, 1e-6f);
        Suppressed(.4f).ShouldBe(1);
        Suppressed(.46f).ShouldBe(2);
    }

    [Fact]
    public void An_overlap_equal_to_the_threshold_stays() => Suppressed(55f / 121).ShouldBe(2);

    [Theory]
    [InlineData(FaceRanking.CentralArea, 2, 1)]
    [InlineData(FaceRanking.Area, 0, 2)]
    public void The_ranking_decides_which_faces_stay(FaceRanking ranking, int first, int second)
    {
        // 100 x 100 in the corner, 20 x 20 at the centre, 60 x 60 near the centre of 401 x 301.
        FaceDetection[] faces =
        [
            new(.9f, new(0, 0, 100, 100), null), new(.8f, new(190, 140, 210, 160), null),
            new(.7f, new(180, 130, 240, 190), null),
        ];
        var all = faces.ToArray();
        FaceSelection.Run(faces, 2, ranking, 401, 301);
        faces[..2].ShouldBe([all[first], all[second]]);
    }

    [Fact]
    public void Rows_without_a_batch_alternate_between_images()
    {
        // Row i belongs to image (i / 2) mod 2, anchor i mod 2, cell i / 4.
        var together = Rows(SyntheticScrfd.Bytes(ScrfdForm.ThreeStrides, false, 2L, 64L, 96L), 1, 2);
        var single = SyntheticScrfd.Bytes(ScrfdForm.ThreeStrides, false, 1L, 64L, 96L);
        float[][] alone = [Rows(single, 1), Rows(single, 2)];
        together.Length.ShouldBe(2 * 2 * 8 * 12);
        for (var i = 0; i < together.Length; i++)
            together[i].ShouldBe(alone[i / 2 % 2][(i / 4 * 2) + (i % 2)], 1e-5f);
    }

    /// <summary>The first output for random images, one for each seed.</summary>
    private static float[] Rows(byte[] file, params int[] seeds)
    {
        using var model = UntypedModel.Load(file);
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        var span = inputs.Get<float>(0).Span;
        for (var i = 0; i < seeds.Length; i++)
        {
            var random = new Random(seeds[i]);
            foreach (ref var value in span.Slice(i * span.Length / seeds.Length, span.Length / seeds.Length))
                value = random.NextSingle();
        }

        model.Run(inputs, outputs);
        return outputs.Get<float>(0).Span.ToArray();
    }

    /// <summary>The number of boxes, of the two of the vector, that are left.</summary>
    private static int Suppressed(float iou)
    {
        var decoder = new ScrfdDecoder();
        decoder.Add([.9f, .8f], [0, 0, 10, 10, 1, 0, 9, 4], [], 2, 1, 1, 1, .5f);
        decoder.Sort();
        decoder[1].Box.ShouldBe(new Box(0, 0, 10, 4));
        return FaceSuppression.Run(decoder, iou, new FaceDetection[2]);
    }
}
