using TrtBindings.Vision;
using TrtBindings.Vision.MaskRcnn;

namespace TrtBindings.Benchmarks;

/// <summary>Cost of a Mask R-CNN engine around its model, for a picture of 640 x 480 with 20 objects.</summary>
internal static class MaskRcnnRows
{
    private const int Objects = 20;
    private const int Window = 28;

    public static IEnumerable<Row> Measure()
    {
        var pixels = new byte[640 * 480 * 3];
        new Random(1).NextBytes(pixels);
        foreach (var row in Of(MaskRcnnForm.FixedSlots, "fixed slots of 640 x 480", pixels, 480, 640)) yield return row;
        foreach (var row in Of(MaskRcnnForm.Detectron2, "Detectron2, resized to 1067 x 800", pixels, 800, 1067)) yield return row;
    }

    private static IEnumerable<Row> Of(MaskRcnnForm form, string name, byte[] pixels, int height, int width)
    {
        var options = new MaskRcnnOptions();
        var layout = MaskRcnnLayout.Of(Signature(form, height, width), new(), form, options);
        var pipeline = new MaskRcnnPipeline(options, layout);
        var geometry = MaskRcnnGeometry.Of(layout, 640, 480);
        var (boxes, scores, masks, labels) = Instances(width, height);
        var (input, buffer) = (new float[3 * width * height], new MaskBuffer());
        var count = 0;
        void Before() => pipeline.Preprocess(new(pixels, 640, 480, PixelFormat.Rgb), geometry, input);
        void After()
        {
            buffer.Reset();
            var head = new MaskRcnnHead(labels, [])
            {
                Count = Objects, Boxes = boxes, Scores = scores, Masks = masks, MaskHeight = Window, MaskWidth = Window,
            };
            count = pipeline.Postprocess(head, geometry, buffer).Length;
        }

        void Both()
        {
            Before();
            After();
        }

        var total = Stopwatches.Median(Both);
        // Inference of a network of Detectron2's size takes seconds on a CPU, and a quarter of seconds is no useful bar.
        yield return form == MaskRcnnForm.FixedSlots
            ? Row.Below($"640 x 480, 20 objects, {name}: pre + post", 3, total, "ms")
            : Row.Figure($"640 x 480, 20 objects, {name}: pre + post", total, "ms");
        if (count != Objects) throw new InvalidOperationException($"{count} instances, not {Objects}.");
        yield return Row.Figure("  resize and normalisation", Stopwatches.Median(Before), "ms");
        yield return Row.Figure("  boxes, masks", Stopwatches.Median(After), "ms");
        yield return Row.Zero("  allocated", Stopwatches.Bytes(Both), "bytes");
    }

    private static (float[] Boxes, float[] Scores, float[] Masks, long[] Labels) Instances(int width, int height)
    {
        var random = new Random(2);
        var boxes = new float[4 * Objects];
        for (var i = 0; i < Objects; i++)
        {
            // A fifth of the picture's sides on average.
            var (w, h) = (width * (.1f + (.2f * random.NextSingle())), height * (.1f + (.2f * random.NextSingle())));
            var (x, y) = ((width - w) * random.NextSingle(), (height - h) * random.NextSingle());
            (boxes[4 * i], boxes[(4 * i) + 1], boxes[(4 * i) + 2], boxes[(4 * i) + 3]) = (x, y, x + w, y + h);
        }

        var masks = Enumerable.Range(0, Objects * Window * Window).Select(_ => random.NextSingle()).ToArray();
        return (boxes, [.. Enumerable.Repeat(.9f, Objects)], masks, new long[Objects]);
    }

    private static ModelSignature Signature(MaskRcnnForm form, int height, int width)
    {
        Dimension[] shape = [Dimension.Fixed(3), Dimension.Fixed(height), Dimension.Fixed(width)];
        if (form == MaskRcnnForm.FixedSlots) shape = [Dimension.Fixed(1), .. shape];
        var image = new TensorDescription(
            "images", ValueKind.Tensor, ElementType.Float, SymbolicShape.Of(shape), "tensor(float)", "");
        return new("x.onnx", new([image]), new([.. Enumerable.Repeat(image, 5)]));
    }
}
