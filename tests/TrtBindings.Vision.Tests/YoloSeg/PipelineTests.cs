using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.YoloSeg;

public sealed class PipelineTests
{
    [Trait("Category", "Slow")]
    [Fact]
    public void Only_masks_are_allocated()
    {
        var head = SyntheticHead.Random(8, anchors: 8400);
        var pixels = new byte[1920 * 1080 * 3];
        foreach (var space in Enum.GetValues<MaskSpace>())
        {
            var pipeline = new YoloSegPipeline(new() { MaskSpace = space }, 640, 640);
            var input = new float[3 * 640 * 640];
            var (masks, found) = (0L, new List<InstanceDetection<Thing>>());
            for (var i = 0; i < 3; i++) masks = Once(pipeline, head, pixels, input, found);
            // The smallest of several calls, because the runtime may allocate while it recompiles a method.
            var allocated = long.MaxValue;
            for (var i = 0; i < 5; i++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                Once(pipeline, head, pixels, input, found);
                allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            allocated.ShouldBeLessThanOrEqualTo(masks);
            if (space == MaskSpace.None) allocated.ShouldBe(0);
            else masks.ShouldBeGreaterThan(0);
        }
    }

    [Trait("Category", "Slow")]
    [Fact]
    public void What_was_handled_before_does_not_change_a_result()
    {
        foreach (var space in new[] { MaskSpace.Image, MaskSpace.Model })
        {
            var options = new YoloSegOptions { MaskSpace = space };
            var used = new YoloSegPipeline(options, 640, 640);
            for (var seed = 0; seed < 4; seed++)
            {
                var head = SyntheticHead.Random(seed);
                var geometry = LetterboxGeometry.Fit(300 + (100 * seed), 500, 640, 640);
                Same.Instances(head.RunWith(used, geometry), head.Run(options, geometry));
            }
        }
    }

    /// <summary>
    /// Runs once. Returns the bytes that the masks may take: their bits, and 96 bytes for the two objects of each mask.
    /// </summary>
    private static long Once(
        YoloSegPipeline pipeline, SyntheticHead head, byte[] pixels, float[] input, List<InstanceDetection<Thing>> result)
    {
        var geometry = pipeline.Load(new(pixels, 1920, 1080, PixelFormat.Bgr), input);
        var bytes = 0L;
        result.Clear();
        pipeline.Read(head.AsHead(), geometry, SyntheticHead.Labels, result, null);
        foreach (var found in result)
            if (found.Mask is { } mask) bytes += 96 + (mask.Height == 0 ? 0 : mask.Height * mask.RowBits(0).Length);
        return bytes;
    }
}
