using TrtBindings.Kernels.Tests.Support;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Kernels.Tests.Yolo;

/// <summary>Compares the kernels with the CPU pipeline on equal heads.</summary>
internal static class YoloComparison
{
    /// <summary>Labels of any class.</summary>
    public static readonly ClassLabels Labels = new(new("heads.onnx", default, [OutputOf("output0"), OutputOf("output1")]));

    /// <summary>Detections of all pictures are the same, in the same order, to the last bit.</summary>
    /// <returns>How many there are.</returns>
    public static int Detections(GpuBench bench, YoloHeads heads, YoloOptions options, bool isHalf = false, bool isClose = false)
    {
        using var postprocessor = new GpuYoloDetections<Thing>(bench.Kernels, options, heads.Form, Labels);
        var count = 0;
        foreach (var (item, found) in Run(bench, postprocessor, heads, isHalf))
        {
            List<Detection<Thing>> expected = [];
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

    /// <summary>Poses of all pictures are the same, to the last bit.</summary>
    public static int Poses(GpuBench bench, YoloHeads heads, int points, int values, YoloOptions options, bool isHalf)
    {
        using var postprocessor = new GpuYoloPoses<Thing>(bench.Kernels, options, heads.Form, Labels, points, values);
        var count = 0;
        foreach (var (item, found) in Run(bench, postprocessor, heads, isHalf))
        {
            var output = heads.Output(item, options.Confidence);
            var kept = Pipeline(heads, options).Find(output);
            found.Count.ShouldBe(kept.Length);
            for (var i = 0; i < kept.Length; i++)
            {
                var (one, geometry) = (kept[i], heads.Geometries[item]);
                (found[i].ClassIndex, found[i].Score, found[i].Box)
                    .ShouldBe((one.ClassIndex, one.Score, geometry.ToImage(one.Box)));
                var expected = new DetectionKeyPoint[points];
                for (var k = 0; k < points; k++)
                {
                    var first = k * values;
                    var (x, y) = geometry.ToImage(output.Other(one.Source, first), output.Other(one.Source, first + 1));
                    expected[k] = new(x, y, values == 3 ? output.Other(one.Source, first + 2) : null);
                }

                found[i].KeyPoints.ToArray().ShouldBe(expected);
            }

            count += found.Count;
        }

        return count;
    }

    /// <summary>Oriented boxes of all pictures are the same, to the last bit.</summary>
    public static int Oriented(GpuBench bench, YoloHeads heads, YoloOptions options, bool isHalf = false)
    {
        using var postprocessor = new GpuYoloOrientedBoxes<Thing>(bench.Kernels, options, heads.Form, Labels);
        var count = 0;
        foreach (var (item, found) in Run(bench, postprocessor, heads, isHalf))
        {
            var output = heads.Output(item, options.Confidence);
            List<YoloOrientedDetection<Thing>> expected = [];
            foreach (var one in Pipeline(heads, options, isRotated: true).Find(output))
            {
                var box = heads.Geometries[item].OrientedToImage(output.OrientedBoxAt(one.Source));
                expected.Add(new(Labels.Of<Thing>(one.ClassIndex), one.ClassIndex, one.Score, box));
            }

            found.ShouldBe(expected, $"picture {item}");
            count += found.Count;
        }

        return count;
    }

    public static GpuOutput Output(DeviceBuffer buffer, bool isHalf) =>
        new(buffer.Address, isHalf ? ElementType.Float16 : ElementType.Float);

    public static T[] Joined<T>(T[][] parts) => [.. parts.SelectMany(part => part)];

    public static YoloPipeline Pipeline(YoloHeads heads, YoloOptions options, bool isRotated = false) =>
        new(options, heads.Width, heads.Height, isRotated: isRotated, form: heads.Form);

    private static TensorDescription OutputOf(string name) =>
        new(name, ValueKind.Tensor, ElementType.Float, SymbolicShape.Unranked, "", "");

    /// <summary>Runs a head without masks, and reads the objects of each picture.</summary>
    private static List<(int Item, List<T> Found)> Run<T>(
        GpuBench bench, GpuPostprocessor<List<T>> postprocessor, YoloHeads heads, bool isHalf)
    {
        using var predictions = bench.Upload(Joined(heads.Predictions), isHalf);
        bench.Run(postprocessor, heads.Frames, [Output(predictions, isHalf)], [heads.Shape]);
        List<(int, List<T>)> all = [];
        for (var item = 0; item < heads.Batch; item++)
        {
            List<T> found = [];
            postprocessor.Read(item, heads.Frames[item], found, null);
            all.Add((item, found));
        }

        return all;
    }

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
