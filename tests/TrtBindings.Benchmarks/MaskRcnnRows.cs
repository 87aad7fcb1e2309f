using TrtBindings.Vision;

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
        var pipeline = new MaskRcnnPipeline(options, form);
        var labels = new ClassLabels(new("x.onnx", default, default));
        var geometry = new MaskRcnnGeometry(
            640, 480, new(width, height, width, height), 640 / (float)width, 480 / (float)height);
        var (boxes, scores, masks, classes) = Instances(width, height);
        var (input, buffer) = (new float[3 * width * height], new MaskBuffer());
        var found = new List<InstanceDetection<ConsoleColor>>();
        void Before() => pipeline.Preprocess(new(pixels, 640, 480, PixelFormat.Rgb), geometry, input);
        void After()
        {
            buffer.Reset();
            var head = new MaskRcnnHead(classes, [])
            {
                Count = Objects, Boxes = boxes, Scores = scores, Masks = masks, MaskHeight = Window, MaskWidth = Window,
            };
            found.Clear();
            pipeline.Read(head, geometry, labels, found, buffer);
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
        if (found.Count != Objects) throw new InvalidOperationException($"{found.Count} instances, not {Objects}.");
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
}
