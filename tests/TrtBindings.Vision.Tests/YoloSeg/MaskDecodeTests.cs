using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.YoloSeg;

public sealed class MaskDecodeTests
{
    [Fact]
    public void A_mask_does_not_leak_out_of_its_box()
    {
        // Cropping before upsampling would give 84 x 84 = 7056 pixels.
        var head = SyntheticHead.Dense(1, 1, 32, 40, 40).PutEdges(0, 40, 40, 120, 120).Score(0, 0, .9f).FillPrototypes(1);
        head.Coefficients(0, [.. Enumerable.Repeat(0.5f, 32)]);
        var mask = head.Run(new() { MaskSpace = MaskSpace.Model }, side: 160).ShouldHaveSingleItem().Mask!;
        mask.Area.ShouldBe(6400);
        (mask.X, mask.Y, mask.Width, mask.Height).ShouldBe((40, 40, 80, 80));
    }

    [Fact]
    public void Interpolation_is_between_pixel_centres_not_corners()
    {
        float[] values = [0, 1];
        var found = new float[4];
        for (var i = 0; i < 4; i++)
        {
            BilinearTap.Locate(i, 2 / 4f, 2, out var index, out var fraction);
            found[i] = ((1 - fraction) * values[index]) + (fraction * values[Math.Min(index + 1, 1)]);
        }

        found.ShouldBe([0, 0.25f, 0.75f, 1]);
    }

    [Fact]
    public void A_logit_of_zero_is_not_in_the_mask()
    {
        var head = SyntheticHead.Dense(1, 1).PutEdges(0, 0, 0, 640, 640).Score(0, 0, .9f).Coefficients(0, 1, 0, 0, 0);
        head.FillPrototypes(0).Prototypes[5] = 1e-20f;
        head.Run(new()).Single().Mask!.Area.ShouldBe(8 * 6);
        head.FillPrototypes(1e-20f).Run(new()).Single().Mask!.Area.ShouldBe(640 * 640);
    }

    [Trait("Category", "Slow")]
    [Theory]
    [InlineData(1, 810, 1080)]
    [InlineData(2, 1280, 720)]
    [InlineData(3, 500, 333)]
    [InlineData(4, 31, 17)]
    [InlineData(5, 640, 427)]
    [InlineData(6, 2000, 3)]
    [InlineData(7, 636, 640)]
    [InlineData(8, 638, 640)]
    public void Both_spaces_equal_the_plain_rules_bit_for_bit(int seed, int width, int height)
    {
        var head = SyntheticHead.Random(seed, anchors: 60);
        var geometry = LetterboxGeometry.Fit(width, height, 640, 640);
        var window = PrototypeWindow.Of(width, height, 160, 160);
        var (inImage, inModel) = (
            head.Run(new() { Confidence = .1f }, geometry),
            head.Run(new() { Confidence = .1f, MaskSpace = MaskSpace.Model }, geometry));
        inImage.Length.ShouldBeGreaterThan(5);
        ulong[] keys = [];
        var count = DenseDecoder.Decode(head.AsHead(), .1f, false, ref keys);
        var kept = new Candidate[300];
        count = NonMaximumSuppression.Run(head.AsHead(), keys.AsSpan(0, count), 0.7f, false, kept);
        foreach (var one in inImage.Take(4))
        {
            var candidate = kept.Take(count).Single(other => other.Score == one.Score && other.ClassIndex == one.ClassIndex);
            var coefficients = Enumerable.Range(0, 8).Select(m => head.Predictions[((9 + m) * 60) + candidate.Source]).ToArray();
            Check(one.Mask!, one.Box, ScalarMask.Logits(head, coefficients, window, 160, 160, width, height));
            Check(inModel.Single(other => other.Score == one.Score).Mask!, candidate.Box,
                ScalarMask.Logits(head, coefficients, PrototypeWindow.Whole(160, 160), 160, 160, 640, 640));
        }
    }

    [Fact]
    public void A_mask_of_the_image_follows_the_image_and_not_the_letterbox()
    {
        // The lower half of the image: rows 80 to 125 of the prototypes of a 1280 x 720 image.
        var head = SyntheticHead.Dense(1, 1).PutEdges(0, 0, 140, 640, 500).Score(0, 0, .9f).Coefficients(0, 1);
        for (var y = 0; y < 160; y++)
            for (var x = 0; x < 160; x++) head.Prototypes[(y * 160) + x] = y >= 80 ? 1 : -1;
        var mask = head.Run(new(), LetterboxGeometry.Fit(1280, 720, 640, 640)).Single().Mask!;
        (mask.FrameWidth, mask.FrameHeight).ShouldBe((1280, 720));
        mask[640, 359].ShouldBeFalse();
        mask[640, 360].ShouldBeTrue();
        mask.Area.ShouldBe(1280 * 360);
    }

    [Theory]
    [InlineData(MaskSpace.Image, 1)]
    [InlineData(MaskSpace.Model, 2)]
    [InlineData(MaskSpace.None, 3)]
    public void A_find_whose_mask_has_no_pixel_is_dropped(MaskSpace space, int finds)
    {
        // One inside, one in the padding above a picture of 1280 x 720, one outside of the input.
        var head = SyntheticHead.Dense(1, 3).FillPrototypes(1);
        float[] tops = [300, 40, -50];
        for (var i = 0; i < 3; i++)
            head.PutEdges(i, 100, tops[i], 180, tops[i] + 40).Score(i, 0, .9f - (.1f * i)).Coefficients(i, 1, 1, 1, 1);
        var found = head.Run(new() { MaskSpace = space }, LetterboxGeometry.Fit(1280, 720, 640, 640));
        found.Select(one => one.Score).ShouldBe(new[] { .9f, .8f, .7f }[..finds], .001f);
        var buffer = new MaskBuffer();
        head.Run(new() { MaskSpace = space }, LetterboxGeometry.Fit(1280, 720, 640, 640), buffer: buffer).Length.ShouldBe(finds);
        head.FillPrototypes(-1).Run(new() { MaskSpace = space }).Length.ShouldBe(space == MaskSpace.None ? 3 : 0);
    }

    [Fact]
    public void Finds_are_counted_before_empty_masks_are_dropped()
    {
        var head = SyntheticHead.Dense(1, 2).FillPrototypes(1);
        head.PutEdges(0, 100, 100, 180, 180).Score(0, 0, .9f).Coefficients(0, -1);
        head.PutEdges(1, 300, 300, 380, 380).Score(1, 0, .8f).Coefficients(1, 1);
        head.Run(new() { MaxDetections = 1 }).ShouldBeEmpty();
        head.Run(new() { MaxDetections = 2 }).ShouldHaveSingleItem().Score.ShouldBe(.8f);
    }

    private static void Check(Mask mask, Box box, float[] logits)
    {
        for (var y = 0; y < mask.FrameHeight; y++)
        {
            for (var x = 0; x < mask.FrameWidth; x++)
            {
                var expected = x >= box.X1 && x < box.X2 && y >= box.Y1 && y < box.Y2 && logits[(y * mask.FrameWidth) + x] > 0;
                if (mask[x, y] != expected) mask[x, y].ShouldBe(expected, $"pixel {x}, {y}");
            }
        }
    }
}
