using TrtBindings.Vision;

namespace TrtBindings.Benchmarks;

/// <summary>Cost of a segmentation engine around its model, for a picture of 640 x 480 with 20 objects of 21 classes.</summary>
internal static class SegmentationRows
{
    private const int Classes = 21;

    public static IEnumerable<Row> Measure()
    {
        var pixels = new byte[640 * 480 * 3];
        new Random(1).NextBytes(pixels);
        foreach (var (name, width, height) in new[] { ("logits at 160 x 120", 160, 120), ("logits at 693 x 520", 693, 520) })
        {
            var logits = Logits(width, height);
            var (decoder, map) = (new ClassMapDecoder(), new ClassMap<ConsoleColor>());
            void Call()
            {
                var values = map.Begin(640, 480, 0);
                decoder.Decode(new(logits, Classes, height, width), 0, values, 640, 480);
                map.Count();
            }

            var time = Stopwatches.Median(Call);
            var what = $"640 x 480, 21 classes, {name}: post";
            // torchvision's size: 30 MB of logits. Inference of such a network takes far more than four times as long.
            yield return width < 640 ? Row.Below(what, 3, time, "ms") : Row.Figure(what, time, "ms");
            yield return Row.Zero("  allocated", Stopwatches.Bytes(Call), "bytes");
        }

        var input = new ResizedInput(3, false, SegmentationPreprocessing.UnitRange);
        var values = new float[3 * 693 * 520];
        yield return Row.Figure("640 x 480 to torchvision's 693 x 520: pre", Stopwatches.Median(() => input.Run(
            new(pixels, 640, 480, PixelFormat.Rgb), CropGeometry.Stretched(693, 520), values)), "ms");
        yield return Row.Figure("640 x 480 to 320 x 240: pre", Stopwatches.Median(() => input.Run(
            new(pixels, 640, 480, PixelFormat.Rgb), CropGeometry.Stretched(320, 240), values)), "ms");
    }

    /// <summary>Twenty round objects over a background, all with soft borders and noise.</summary>
    private static float[] Logits(int width, int height)
    {
        var random = new Random(3);
        var logits = new float[Classes * width * height];
        for (var i = 0; i < logits.Length; i++) logits[i] = random.NextSingle() * 0.2f;
        for (var i = 0; i < width * height; i++) logits[i] += 1;
        for (var label = 1; label < Classes; label++)
        {
            var (x, y) = (random.NextDouble() * width, random.NextDouble() * height);
            for (var i = 0; i < width * height; i++)
            {
                var distance = Math.Sqrt(Math.Pow((i % width) - x, 2) + Math.Pow((i / width) - y, 2)) * 640 / width;
                logits[(label * width * height) + i] += (float)Math.Clamp(4 - (distance / 20), 0, 4);
            }
        }

        return logits;
    }
}
