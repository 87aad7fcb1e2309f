using TrtBindings.Vision;

namespace TrtBindings.Benchmarks;

/// <summary>Cost of decoding for YOLO models with one output, with 20 objects.</summary>
internal static class YoloSiblingRows
{
    public const int Anchors = 8400;
    private const int Objects = 20;

    public static IEnumerable<Row> Measure()
    {
        var pixels = new byte[640 * 480 * 3];
        new Random(1).NextBytes(pixels);
        var (resizer, input) = (new LetterboxResizer(), new float[3 * 640 * 640]);
        yield return Row.Figure("640 x 480 to 640 x 640: letterbox", Stopwatches.Median(
            () => resizer.Run(new(pixels, 640, 480, PixelFormat.Rgb), input, 640, 640)), "ms");

        ulong[] keys = [];
        var (kept, geometry) = (new Candidate[300], LetterboxGeometry.Fit(640, 480, 640, 640));
        var detect = Output(80, 0);
        void Detect()
        {
            resizer.Run(new(pixels, 640, 480, PixelFormat.Rgb), input, 640, 640);
            var output = new YoloOutput(detect, 84, Anchors, 80);
            var count = DenseDecoder.Decode(output, 0.25f, false, ref keys);
            count = NonMaximumSuppression.Run(output, keys.AsSpan(0, count), 0.7f, false, kept);
            for (var i = 0; i < count; i++) geometry.ToImage(kept[i].Box);
            if (count != Objects) throw new InvalidOperationException($"{count} objects, not {Objects}.");
        }

        yield return Row.Below("640 x 480, 20 objects, 80 classes: pre + post of detection", 3, Stopwatches.Median(Detect), "ms");
        yield return Row.Zero("  allocated", Stopwatches.Bytes(Detect), "bytes");

        var oriented = Output(15, 1);
        var suppression = new RotatedSuppression();
        void Orient()
        {
            resizer.Run(new(pixels, 640, 480, PixelFormat.Rgb), input, 640, 640);
            var output = new YoloOutput(oriented, 20, Anchors, 15);
            var count = DenseDecoder.Decode(output, 0.25f, false, ref keys);
            count = suppression.Run(output, keys.AsSpan(0, count), 0.7f, false, kept);
            for (var i = 0; i < count; i++) geometry.OrientedToImage(output.OrientedBoxAt(kept[i].Source));
            if (count != Objects) throw new InvalidOperationException($"{count} objects, not {Objects}.");
        }

        yield return Row.Below(
            "640 x 480, 20 objects, 15 classes: pre + post of oriented boxes", 3, Stopwatches.Median(Orient), "ms");
        yield return Row.Zero("  allocated", Stopwatches.Bytes(Orient), "bytes");
    }

    /// <summary>Weak scores everywhere, and objects that are each found by twelve anchors with nearly equal boxes.</summary>
    public static float[] Output(int classes, int others)
    {
        var random = new Random(2);
        var output = new float[(4 + classes + others) * Anchors];
        for (var i = 4 * Anchors; i < (4 + classes) * Anchors; i++) output[i] = random.NextSingle() * 0.1f;
        for (var i = 0; i < Objects * 12; i++)
        {
            var (anchor, index) = (i * 31 % Anchors, i / 12);
            output[anchor] = 60 + (index % 5 * 120) + random.NextSingle();
            output[Anchors + anchor] = 60 + (index / 5 * 120) + random.NextSingle();
            (output[(2 * Anchors) + anchor], output[(3 * Anchors) + anchor]) = (100, 60);
            output[((4 + (index % classes)) * Anchors) + anchor] = 0.95f - (i % 12 * 0.02f);
        }

        return output;
    }
}
