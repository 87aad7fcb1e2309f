using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.YoloSeg;

/// <summary>
/// A model whose batch, height and width are all open: prototypes are the input shrunk by 4, predictions the input
/// shrunk by 8 and stacked three times, which makes 4 + 2 classes + 3 rows. Boxes are under a pixel, scores are colours.
/// </summary>
public sealed class DynamicModelTests
{
    [Fact]
    public void The_size_is_chosen_and_outputs_follow_it()
    {
        using var model = new UntypedYoloSeg<ConsoleColor>(UntypedModel.Load(Bytes()), YoloForm.Dense);
        foreach (var (width, height) in new[] { (64, 32), (32, 96) })
        {
            using var engine = YoloSegEngine.Create(
                model, new() { InputWidth = width, InputHeight = height, MaxBatch = 3, MaskSpace = MaskSpace.None });
            (engine.InputWidth, engine.InputHeight, engine.MaxBatch).ShouldBe((width, height, 3));
            var bright = Filled(width, height, 230);
            // Every anchor has the score 230 / 255 for class 0 and a box at the same place, so one box is left.
            var found = engine.Detect(bright.View).ShouldHaveSingleItem();
            found.Score.ShouldBe(230 / 255f, 1e-6f);
            found.Box.X2.ShouldBe(1.5f * 230 / 255, 1e-5f);
            engine.Detect([bright, Filled(width, height, 10), bright]).Select(one => one.Count).ShouldBe([1, 0, 1]);
            engine.Detect([bright, bright]).Count.ShouldBe(2);
        }
    }

    private static ImageMemory Filled(int width, int height, byte value)
    {
        var pixels = new byte[width * height];
        Array.Fill(pixels, value);
        return new(pixels, width, height, PixelFormat.Gray);
    }

    private static byte[] Bytes() => new OnnxModelBuilder()
        .Input("images", ElementType.Float, "batch", 3L, "height", "width")
        .Output("output0", ElementType.Float, "batch", 9L, "anchors")
        .Output("output1", ElementType.Float, "batch", 3L, "mask_height", "mask_width")
        .Graph(graph => graph.Initializer(OnnxTensor.Int64s("flat", [3], 0, 3, -1)))
        .Node("AveragePool", ["images"], ["output1"],
            OnnxAttribute.Ints("kernel_shape", 4, 4), OnnxAttribute.Ints("strides", 4, 4))
        .Node("AveragePool", ["images"], ["small"],
            OnnxAttribute.Ints("kernel_shape", 8, 8), OnnxAttribute.Ints("strides", 8, 8))
        .Node("Reshape", ["small", "flat"], ["row"])
        .Node("Concat", ["row", "row", "row"], ["output0"], OnnxAttribute.Int("axis", 1))
        .ToBytes();
}
