using TrtBindings.Vision;

namespace TrtBindings.Benchmarks;

/// <summary>Cost of a face engine around its model, for a picture of 640 x 480 with 20 faces.</summary>
internal static class ScrfdRows
{
    private const int Side = 640;
    private const int Faces = 20;

    public static IEnumerable<Row> Measure()
    {
        var pixels = new byte[640 * 480 * 3];
        new Random(1).NextBytes(pixels);
        var options = new ScrfdOptions();
        var pipeline = new ScrfdPipeline(options, Side, Side);
        var input = new float[3 * Side * Side];
        var levels = Enumerable.Range(0, 3).Select(Level).ToArray();
        var (decoder, kept) = (new ScrfdDecoder(), new FaceDetection[1000]);
        var geometry = ScrfdGeometry.Fit(640, 480, Side, Side);
        var count = 0;
        void Before() => pipeline.Preprocess(new(pixels, 640, 480, PixelFormat.Rgb), input);
        void After()
        {
            decoder.Clear();
            for (var i = 0; i < 3; i++)
            {
                var (scores, boxes, points) = levels[i];
                decoder.Add(scores, boxes, points, Side >> (3 + i), 2, 8 << i, geometry.Scale, options.Confidence);
            }

            decoder.Sort();
            count = FaceSuppression.Run(decoder, options.Iou, kept);
        }

        void Both()
        {
            Before();
            After();
        }

        yield return Row.Below("640 x 480, 20 faces with key points: pre + post", 3, Stopwatches.Median(Both), "ms");
        if (count != Faces) throw new InvalidOperationException($"{count} faces, not {Faces}.");
        yield return Row.Figure("  resize and normalisation to 640 x 640", Stopwatches.Median(Before), "ms");
        yield return Row.Figure("  decoding, suppression", Stopwatches.Median(After), "ms");
        yield return Row.Zero("  allocated", Stopwatches.Bytes(Both), "bytes");
        var rgb = new byte[FaceAlignment.ByteLength];
        var face = new FaceKeyPoints(new(200, 150), new(260, 160), new(230, 190), new(205, 220), new(250, 225));
        yield return Row.Figure(
            "  one face aligned to 112 x 112",
            Stopwatches.Median(() => new ImageView(pixels, 640, 480, PixelFormat.Rgb).AlignTo(face, rgb)), "ms");
    }

    /// <summary>Outputs of one stride. The middle stride has all faces, each found by four anchors.</summary>
    private static (float[] Scores, float[] Boxes, float[] Points) Level(int level)
    {
        var cells = Side >> (3 + level);
        var rows = 2 * cells * cells;
        var (scores, boxes, points) = (new float[rows], new float[4 * rows], new float[10 * rows]);
        Array.Fill(boxes, 1.5f);
        if (level != 1) return (scores, boxes, points);
        for (var i = 0; i < Faces; i++)
        {
            // Five faces a line, eight cells of 16 pixels apart.
            var cell = ((i / 5 * 7) * cells) + (i % 5 * 8);
            for (var k = 0; k < 4; k++) scores[(2 * cell) + k] = .9f - (.01f * k);
        }

        return (scores, boxes, points);
    }
}
