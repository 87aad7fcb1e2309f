namespace TrtBindings.Vision.Tests.MaskRcnn;

[Trait("Category", "Slow")]
public sealed class PasteTests
{
    private static readonly (int Width, int Height) Frame = (64, 60);

    [Theory]
    [InlineData(10, 10)]
    [InlineData(10.25, 10)]
    [InlineData(10.75, 11)]
    public void Detectron2_pastes_a_full_mask_by_pixel_centres(float at, int first)
    {
        var mask = Paste(new(at, at, at + 28, at + 28), Full(28), 28, isTorchvision: false);
        mask.Area.ShouldBe(784);
        for (var y = 0; y < 60; y++)
            for (var x = 0; x < 64; x++)
                mask[x, y].ShouldBe(x >= first && x < first + 28 && y >= first && y < first + 28, $"{x}, {y}");
    }

    [Theory]
    [InlineData(false, .5f)]
    [InlineData(true, .5f)]
    [InlineData(false, .2f)]
    [InlineData(true, .8f)]
    public void Every_pixel_is_what_the_rules_say(bool isTorchvision, float threshold)
    {
        var random = new Random(7);
        var unsure = 0;
        for (var i = 0; i < 60; i++)
        {
            var side = i % 3 == 0 ? 14 : 28;
            var window = Enumerable.Range(0, side * side).Select(_ => random.NextSingle()).ToArray();
            var (x, y) = (random.NextSingle() * 60, random.NextSingle() * 55);
            var (width, height) = ((random.NextSingle() * 50) + 1, (random.NextSingle() * 50) + 1);
            var box = new Box(x, y, Math.Min(x + width, 64), Math.Min(y + height, 60));
            var mask = Paste(box, window, side, isTorchvision, threshold);
            for (var row = 0; row < Frame.Height; row++)
                for (var column = 0; column < Frame.Width; column++)
                {
                    var expected = isTorchvision
                        ? ScalarPaste.Resized(window, side, box, column, row)
                        : ScalarPaste.Sampled(window, side, box, column, row);
                    // Single precision decides if the probability equals the threshold.
                    if (Math.Abs(expected - threshold) < 1e-4) unsure++;
                    else mask[column, row].ShouldBe(expected >= threshold, $"{box}, {column}, {row}: {expected}");
                }
        }

        unsure.ShouldBeLessThan(200);
    }

    [Fact]
    public void Boxes_over_the_edge_outside_and_of_no_size_work()
    {
        foreach (var isTorchvision in new[] { false, true })
        {
            Paste(new(-20, -20, 12, 12), Full(28), 28, isTorchvision)[0, 0].ShouldBeTrue();
            Paste(new(50, 50, 90, 90), Full(28), 28, isTorchvision)[63, 59].ShouldBeTrue();
            Paste(new(500, 500, 600, 600), Full(28), 28, isTorchvision).Area.ShouldBe(0);
            Paste(new(float.NaN, 0, 5, 5), Full(28), 28, isTorchvision).Area.ShouldBeLessThan(64);
            Paste(new(-1e30f, -1e30f, 1e30f, 1e30f), Full(28), 28, isTorchvision).ShouldNotBeNull();
            Paste(new(7, 7, 7, 7), Full(28), 28, isTorchvision).Area.ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Fact]
    public void A_pasted_plane_is_cut_out_near_its_box()
    {
        var plane = new float[64 * 60];
        for (var y = 20; y < 41; y++) plane.AsSpan((y * 64) + 10, 22).Fill(.5f);
        plane[(30 * 64) + 20] = .49f;
        var mask = MaskCutter.Cut(plane, new(11, 21, 30, 40), Frame, .5f, null);
        mask.Area.ShouldBe((21 * 22) - 1);
        mask[10, 20].ShouldBeTrue();
        mask[20, 30].ShouldBeFalse();
        MaskCutter.Cut(plane, new(200, 200, 210, 210), Frame, .5f, null).Area.ShouldBe(0);
    }

    [Fact]
    public void A_buffer_gives_the_same_masks_and_uses_its_memory_again()
    {
        var buffer = new MaskBuffer();
        var paster = new MaskPaster();
        Mask? first = null;
        for (var i = 0; i < 3; i++)
        {
            buffer.Reset();
            foreach (var box in new[] { new Box(3, 4, 40, 50), new Box(0, 0, 9, 9), new Box(500, 0, 600, 9) })
            {
                var reused = Paste(box, Full(28), 28, true, .5f, buffer, paster);
                var fresh = Paste(box, Full(28), 28, true);
                Support.Same.Masks(reused, fresh);
                reused.Area.ShouldBe(fresh.Area);
                first ??= reused;
            }
        }

        buffer.Reset();
        Paste(new(1, 1, 30, 30), Full(28), 28, false, .5f, buffer, paster).ShouldBeSameAs(first);
    }

    private static float[] Full(int side) => [.. Enumerable.Repeat(1f, side * side)];

    private static Mask Paste(
        Box box, float[] window, int side, bool isTorchvision, float threshold = .5f, MaskBuffer? buffer = null,
        MaskPaster? paster = null)
    {
        var head = new MaskRcnnHead([1], []) { Count = 1, Masks = window, MaskHeight = side, MaskWidth = side };
        paster ??= new();
        return isTorchvision
            ? paster.Resize(head, 0, box, Frame, threshold, buffer)
            : paster.Sample(head, 0, box, Frame, threshold, buffer);
    }
}
