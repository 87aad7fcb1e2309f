using System.Numerics;
using TrtBindings.Kernels.Tests.Support;

namespace TrtBindings.Kernels.Tests.SemanticSegmentation;

/// <summary>Compares the kernel of label maps with the processor's code, on any driver.</summary>
internal static class LabelMapComparison
{
    /// <summary>Random classes, of which all fit into a map or not.</summary>
    public static void Check<T>(KernelSet kernels, GpuQueue queue, Action wait, ElementType type, int seed, bool hasProblems)
        where T : unmanaged, INumber<T>
    {
        var random = new Random(seed);
        var (height, width, batch) = (random.Next(1, 60), random.Next(1, 60), random.Next(1, 4));
        var values = new T[batch * height * width];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = T.CreateTruncating(random.Next(0, 100));
            if (hasProblems && random.Next(200) == 0) values[i] = T.CreateTruncating(random.NextInt64());
        }

        var source = new ClassMapSource(
            new(0, 3, IsLabelMap: true, HasBatch: true), "labels", 3, "", random.Next(2) == 0, random.Next(5) > 0, null, null);
        var frames = new GpuFrame[batch];
        for (var i = 0; i < batch; i++) frames[i] = ClassMapComparison.Frame(random.Next(1, 200), random.Next(1, 200));
        using var maps = new GpuClassMaps<HeadLabel>(kernels, source, batch);
        using var heads = new Heads(kernels, queue, wait);
        heads.Add<T>(values, batch, height, width).Run(maps, frames);
        using var outputs = new Outputs<T>(TensorDescription.Of("labels", type, batch, height, width), values);
        for (var item = 0; item < batch; item++)
        {
            ClassMap<HeadLabel> map = new();
            var window = ClassMapComparison.WindowOf(frames[item], source, width, height);
            var (mapWidth, mapHeight) = source.IsOfImage ? (frames[item].Width, frames[item].Height) : (width, height);
            var expected = new byte[mapWidth * mapHeight];
            string? error = null;
            try
            {
                new LabelMapReader(width, item * height * width, window, source.IsLetterboxed)
                    .Read(outputs.Labels, expected, mapWidth, mapHeight);
            }
            catch (TensorException e)
            {
                error = e.Message;
            }

            if (error is null)
            {
                maps.Read(item, frames[item], map, null);
                map.Values.SequenceEqual(expected).ShouldBeTrue($"{width} x {height} to {mapWidth} x {mapHeight}, {source}");
                for (var label = 0; label < 256; label++) map.AreaOfIndex(label).ShouldBe(expected.Count(one => one == label));
            }
            else
            {
                Should.Throw<TensorException>(() => maps.Read(item, frames[item], map, null)).Message.ShouldBe(error);
            }
        }
    }

    private sealed class Outputs<T> : ModelOutputs
        where T : unmanaged
    {
        public Outputs(TensorDescription labels, T[] values)
            : base(new ModelSignature("m.onnx", default, new([labels]))) => Labels = AddTensor<T>(values);

        public OutputTensor<T> Labels { get; }
    }
}
