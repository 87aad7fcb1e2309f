using System.Diagnostics;
using TrtBindings.Vision;

namespace TrtBindings.Benchmarks;

/// <summary>Everything around the model for a 1080p frame: letterbox, decoding, suppression, masks.</summary>
internal static class PipelineRows
{
    private const int WarmUps = 40;
    private const int Frames = 101;

    public static IEnumerable<Row> Measure()
    {
        var frame = new byte[SyntheticHead.FrameWidth * SyntheticHead.FrameHeight * 3];
        new Random(1).NextBytes(frame);
        var head = new SyntheticHead(seed: 7);

        var model = new Run(frame, head, MaskSpace.Model);
        yield return Row.Below(
            "1080p frame, 20 objects, 80 classes: pre + post, model-space masks", 6, model.Total, "ms");
        yield return Row.Figure("  letterbox", model.Preprocess, "ms");
        yield return Row.Figure("  decoding, suppression, masks", model.Postprocess, "ms");
        yield return Row.Zero("  allocated beyond the masks returned", model.ExtraBytes, "bytes");

        var image = new Run(frame, head, MaskSpace.Image);
        yield return Row.Figure("  pre + post with image-space masks instead", image.Total, "ms");
        yield return Row.Zero("  allocated beyond the masks returned", image.ExtraBytes, "bytes");
    }

    /// <summary>Medians over many frames.</summary>
    private sealed class Run
    {
        public Run(byte[] frame, SyntheticHead head, MaskSpace space)
        {
            var pipeline = new YoloSegPipeline(
                new() { MaskSpace = space }, SyntheticHead.InputSide, SyntheticHead.InputSide);
            var input = new float[3 * SyntheticHead.InputSide * SyntheticHead.InputSide];
            var labels = new ClassLabels(new("synthetic.onnx", default, default));
            var found = new List<InstanceDetection<ConsoleColor>>();
            var (pre, post, total) = (new double[Frames], new double[Frames], new double[Frames]);
            for (var i = -WarmUps; i < Frames; i++)
            {
                var image = new ImageView(frame, SyntheticHead.FrameWidth, SyntheticHead.FrameHeight, PixelFormat.Rgb);
                var allocated = GC.GetAllocatedBytesForCurrentThread();
                var started = Stopwatch.GetTimestamp();
                var geometry = pipeline.Load(image, input);
                var between = Stopwatch.GetTimestamp();
                found.Clear();
                pipeline.Read(head.View, geometry, labels, found, null);
                var ended = Stopwatch.GetTimestamp();
                allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
                if (found.Count != SyntheticHead.Objects)
                    throw new InvalidOperationException($"{found.Count} instances, not {SyntheticHead.Objects}.");
                if (i < 0) continue;
                pre[i] = Stopwatch.GetElapsedTime(started, between).TotalMilliseconds;
                post[i] = Stopwatch.GetElapsedTime(between, ended).TotalMilliseconds;
                total[i] = pre[i] + post[i];
                ExtraBytes = Math.Max(ExtraBytes, allocated - BytesOf(found));
            }

            (Preprocess, Postprocess, Total) = (Median.Of(pre), Median.Of(post), Median.Of(total));
        }

        public double Preprocess { get; }

        public double Postprocess { get; }

        public double Total { get; }

        public long ExtraBytes { get; }

        /// <summary>Time of the masks alone, measured by making the same masks again.</summary>
        private static long BytesOf(List<InstanceDetection<ConsoleColor>> found)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var instance in found)
            {
                var mask = instance.Mask!;
                var region = new PixelRegion(mask.X, mask.Y, mask.X + mask.Width, mask.Y + mask.Height);
                GC.KeepAlive(new Mask(
                    mask.FrameWidth, mask.FrameHeight, region, new byte[Mask.RowBytesOf(mask.Width) * mask.Height]));
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
