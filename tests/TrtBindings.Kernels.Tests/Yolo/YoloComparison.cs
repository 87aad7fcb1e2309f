using TrtBindings.Kernels.Tests.Support;
using TrtBindings.Vision;
using TrtBindings.Vision.Tests.Support;
using TrtBindings.Vision.Yolo;

namespace TrtBindings.Kernels.Tests.Yolo;

/// <summary>Compares the kernels with the CPU pipeline on equal heads.</summary>
internal static class YoloComparison
{
    private static readonly ClassLabels Labels = new(new("heads.onnx", default, default));

    /// <summary>Detections of all pictures are the same, in the same order, to the last bit.</summary>
    /// <returns>How many there are.</returns>
    public static int Detections(GpuBench bench, YoloHeads heads, YoloOptions options, bool isHalf = false, bool isClose = false)
    {
        using var postprocessor = new GpuYoloDetections<Thing>(bench.Kernels, options, heads.Form, Labels);
        using var predictions = bench.Upload(Joined(heads.Predictions), isHalf);
        bench.Run(postprocessor, heads.Frames, [Output(predictions, isHalf)], [heads.Shape]);
        var count = 0;
        for (var item = 0; item < heads.Batch; item++)
        {
            List<Detection<Thing>> found = [], expected = [];
            postprocessor.Read(item, heads.Frames[item], found, null);
            foreach (var one in Pipeline(heads, options).Find(heads.Output(item, options.Confidence)))
            {
                expected.Add(new(
                    Labels.Of<Thing>(one.ClassIndex), one.ClassIndex, one.Score, heads.Geometries[item].ToImage(one.Box)));
            }

            if (isClose) Close(found, expected);
            else found.ShouldBe(expected, $"picture {item}");
            count += found.Count;
        }

        return count;
    }

    /// <summary>Objects of all pictures and their masks are the same, to the last bit.</summary>
    /// <returns>The objects of all pictures, and how often the kernels ran.</returns>
    public static (List<InstanceDetection<Thing>> Found, int Runs) Instances(
        GpuBench bench, YoloHeads heads, YoloSegOptions options, bool isHalf = false, MaskBuffer? buffer = null)
    {
        using var postprocessor = new GpuYoloInstances<Thing>(bench.Kernels, options, heads.Form, Labels);
        using var predictions = bench.Upload(Joined(heads.Predictions), isHalf);
        using var prototypes = bench.Upload(Joined(heads.Prototypes), isHalf);
        var runs = bench.Run(
            postprocessor, heads.Frames, [Output(predictions, isHalf), Output(prototypes, isHalf)],
            [heads.Shape, heads.PrototypeShape]);
        List<InstanceDetection<Thing>> all = [];
        for (var item = 0; item < heads.Batch; item++)
        {
            List<InstanceDetection<Thing>> found = [], expected = [];
            postprocessor.Read(item, heads.Frames[item], found, buffer);
            new YoloSegPipeline(options, heads.Width, heads.Height, form: heads.Form).Read(
                heads.SegHead(item, options.Confidence), heads.Geometries[item], Labels, expected, null);
            Same.Instances(found, expected);
            for (var i = 0; i < found.Count; i++) found[i].Mask?.Area.ShouldBe(expected[i].Mask!.Area);
            all.AddRange(found);
        }

        return (all, runs);
    }

    public static GpuOutput Output(DeviceBuffer buffer, bool isHalf) =>
        new(buffer.Address, isHalf ? ElementType.Float16 : ElementType.Float);

    public static T[] Joined<T>(T[][] parts) => [.. parts.SelectMany(part => part)];

    public static YoloPipeline Pipeline(YoloHeads heads, YoloOptions options, bool isRotated = false) =>
        new(options, heads.Width, heads.Height, isRotated: isRotated, form: heads.Form);

    private static void Close(List<Detection<Thing>> found, List<Detection<Thing>> expected)
    {
        found.Select(one => (one.Label, one.Score)).ShouldBe(expected.Select(one => (one.Label, one.Score)));
        for (var i = 0; i < found.Count; i++)
        {
            var (left, right) = (found[i].Box, expected[i].Box);
            float[] apart = [left.X1 - right.X1, left.Y1 - right.Y1, left.X2 - right.X2, left.Y2 - right.Y2];
            apart.ShouldAllBe(by => Math.Abs(by) <= 1e-3);
        }
    }
}
