using TrtBindings.Vision;

namespace TrtBindings.Benchmarks;

/// <summary>Cost of a classification engine around a model of 1000 classes, for 640 x 480 and 1920 x 1080 pixels.</summary>
internal static class ClassificationRows
{
    private const int Side = 224;

    public static IEnumerable<Row> Measure()
    {
        var pixels = new byte[640 * 480 * 3];
        var random = new Random(1);
        random.NextBytes(pixels);
        var logits = Enumerable.Range(0, 1000).Select(_ => random.NextSingle() * 10).ToArray();
        var (input, scores, best) = (new float[3 * Side * Side], new float[1000], new int[5]);
        foreach (var (name, rules) in new[]
        {
            ("torchvision", ClassificationPreprocessing.Torchvision), ("timm", ClassificationPreprocessing.Timm),
            ("Ultralytics", ClassificationPreprocessing.Ultralytics),
        })
        {
            var preprocessor = new ResizedInput(3, false, rules);
            void Call()
            {
                preprocessor.Run(new(pixels, 640, 480, PixelFormat.Rgb), rules.Crop(640, 480, Side, Side), input);
                ClassScoring.Score(ClassScores.Logits, logits, scores);
                ClassScoring.Best(scores, best);
            }

            yield return Row.Below($"640 x 480, 1000 classes, {name}: pre + post", 3, Stopwatches.Median(Call), "ms");
            yield return Row.Zero("  allocated", Stopwatches.Bytes(Call), "bytes");
        }

        foreach (var row in Resize()) yield return row;
    }

    /// <summary>The resize alone; "turned" is the same picture upright, which Pillow 13 resizes along columns first.</summary>
    private static IEnumerable<Row> Resize()
    {
        var pixels = new byte[1920 * 1080 * 3];
        new Random(1).NextBytes(pixels);
        foreach (var (name, filter, width, height) in new[]
        {
            ("bilinear", ResizeFilter.Bilinear, 1920, 1080), ("bicubic", ResizeFilter.Bicubic, 1920, 1080),
            ("bilinear, turned", ResizeFilter.Bilinear, 1080, 1920),
        })
        {
            var rules = ClassificationPreprocessing.Torchvision with { Filter = filter };
            var resizer = rules.PixelResizer()!;
            void Call()
            {
                var image = new ImageView(pixels, width, height, PixelFormat.Rgb);
                resizer.Begin(image, rules.Crop(width, height, Side, Side));
                for (var y = 0; y < Side; y++) resizer.Row(image, y);
            }

            var time = Stopwatches.Quietest(Call);
            var what = $"1080p to 224 x 224 as Pillow, {name}: resize";
            yield return filter == ResizeFilter.Bilinear && width > height ? Row.Below(what, 1.2, time, "ms")
                : Row.Figure(what, time, "ms");
            yield return Row.Zero("  allocated", Stopwatches.Bytes(Call), "bytes");
        }
    }
}
