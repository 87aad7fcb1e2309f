using TrtBindings.Kernels.Tests.Support;
using TrtBindings.Vision.RtDetr;

namespace TrtBindings.Kernels.Tests.RtDetr;

/// <summary>Compares RT-DETR's kernel with the processor's code, on any driver.</summary>
internal static class RtDetrComparison
{
    /// <summary>A random output for random pictures.</summary>
    public static void Check(KernelSet kernels, GpuQueue queue, Action wait, int seed)
    {
        var random = new Random(seed);
        var hasClass = random.Next(2) == 0;
        var columns = hasClass ? 6 : 4 + new[] { 1, 2, 3, 80 }[random.Next(4)];
        var (batch, rows, isHalf) = (random.Next(1, 4), random.Next(1, 301), random.Next(2) == 0);
        var values = random.Normal(batch * rows * columns, .5f, random.Next(2) * .125f, random.Next(3) == 0 ? .01 : 0);
        var isOpen = random.Next(2) == 0;
        for (var at = 0; hasClass && at < values.Length; at += columns)
            if (!isOpen || random.Next(50) > 0) values[at + 5] = random.Next(3);
        var options = new RtDetrOptions
        {
            Confidence = random.Next(4) * .3f,
            MaxDetections = new[] { 1, 20, 300 }[random.Next(3)],
        };
        var frames = new GpuFrame[batch];
        foreach (ref var frame in frames.AsSpan())
            (frame.Width, frame.Height) = (random.Next(1, 4097), random.Next(1, 2161));
        var labels = isOpen ? [] : hasClass ? Names(3) : Names(columns - 4);
        Check(kernels, queue, wait, values, batch, columns, isHalf, hasClass, labels, options, frames);
    }

    /// <summary>An output [batch, rows, columns].</summary>
    public static void Check(
        KernelSet kernels, GpuQueue queue, Action wait, float[] values, int batch, int columns, bool isHalf, bool hasClass,
        string[] labels, RtDetrOptions options, params GpuFrame[] frames)
    {
        var rows = values.Length / batch / columns;
        var signature = new ModelSignature(
            "m.onnx", default, new([TensorDescription.Of("rows", ElementType.Float, "batch", rows, columns)]), new(labels));
        using var detector = new GpuRtDetrDetections<HeadLabel>(kernels, signature, hasClass, options, batch);
        using var heads = new Heads(kernels, queue, wait);
        heads.Add(values, isHalf, batch, rows, columns).Run(detector, frames).ShouldBe(1);
        values = values.Rounded(isHalf);
        var reader = new RtDetrReader(options, new(signature), hasClass);
        for (var item = 0; item < batch; item++)
        {
            List<Detection<HeadLabel>> expected = [], found = [];
            var (length, size) = (rows * columns, (frames[item].Width, frames[item].Height));
            var error = ErrorOf(() => reader.Read(values.AsSpan(item * length, length), columns, size, expected));
            ErrorOf(() => detector.Read(item, frames[item], found, null)).ShouldBe(error);
            found.Count.ShouldBe(expected.Count);
            for (var i = 0; i < found.Count; i++)
            {
                // Bit for bit; NaN equals NaN.
                found[i].ShouldBe(expected[i], $"object {i}");
                found[i].Box.Equals(expected[i].Box).ShouldBeTrue();
            }
        }
    }

    public static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => $"class {i}")];

    private static string? ErrorOf(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (TensorException e)
        {
            return e.Message;
        }
    }
}
