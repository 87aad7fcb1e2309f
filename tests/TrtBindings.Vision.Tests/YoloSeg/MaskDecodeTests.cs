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
        head.Run(new()).Single().Mask!.Area.ShouldBe(0);
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
        NonMaximumSuppression.Run(head.AsHead(), keys.AsSpan(0, count), 0.7f, false, kept).ShouldBe(inImage.Length);
        for (var i = 0; i < 4; i++)
        {
            var anchor = kept[i].Source;
            var coefficients = Enumerable.Range(0, 8).Select(m => head.Predictions[((9 + m) * 60) + anchor]).ToArray();
            Check(inImage[i].Mask!, inImage[i].Box, ScalarMask.Logits(head, coefficients, window, 160, 160, width, height));
            Check(inModel[i].Mask!, kept[i].Box,
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

    [Fact]
    public void A_box_outside_the_image_has_an_empty_mask() =>
        SyntheticHead.Dense(1, 1).PutEdges(0, -50, -50, -10, -10).Score(0, 0, .9f).FillPrototypes(1)
            .Coefficients(0, 1, 1, 1, 1).Run(new()).Single().Mask!.Area.ShouldBe(0);

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
