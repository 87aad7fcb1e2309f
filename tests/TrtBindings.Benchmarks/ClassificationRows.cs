using TrtBindings.Vision;

namespace TrtBindings.Benchmarks;

/// <summary>Cost of a classification engine around its model, for a picture of 640 x 480 and 1000 classes.</summary>
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
    }
}
