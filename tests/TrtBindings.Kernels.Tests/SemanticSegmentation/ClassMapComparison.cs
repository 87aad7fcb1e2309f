using TrtBindings.Kernels.Tests.Support;

namespace TrtBindings.Kernels.Tests.SemanticSegmentation;

/// <summary>Compares the kernels of semantic segmentation with the processor's code, on any driver.</summary>
internal static class ClassMapComparison
{
    /// <summary>A random output for random pictures, each of its own size.</summary>
    public static void Check(KernelSet kernels, GpuQueue queue, Action wait, int seed)
    {
        var random = new Random(seed);
        var classes = new[] { 1, 2, 3, 21, 150 }[random.Next(5)];
        var (batch, isHalf) = (random.Next(1, 4), random.Next(2) == 0);
        var (height, width) = (random.Next(1, 70), random.Next(1, 70));
        var values = random.Normal(
            batch * classes * height * width, 2, random.Next(2) * .5f, random.Next(3) == 0 ? .002 : 0);
        if (classes == 1 && random.Next(2) == 0) values = Array.ConvertAll(values, value => Math.Abs(value) / 16);
        var source = Source(classes, random.Next(2) == 0, random.Next(8) > 0,
            classes == 1 ? new[] { "", "Sigmoid", "Conv" }[random.Next(3)] : "", random.Next(4) == 0 ? .25f : null);
        var frames = new GpuFrame[batch];
        for (var i = 0; i < batch; i++)
        {
            frames[i] = Frame(random.Next(1, 300), random.Next(1, 300));
            if (random.Next(6) == 0 && !source.IsLetterboxed) (frames[i].Width, frames[i].Height) = (width, height);
        }

        Check(kernels, queue, wait, values, classes, height, width, isHalf, source, frames);
    }

    /// <summary>A head with as many labels as classes.</summary>
    public static ClassMapSource Source(
        int classes, bool isLetterboxed, bool isOfImage = true, string lastOperator = "", float? threshold = null) =>
        new(new(0, 4, IsLabelMap: false, HasBatch: true), "logits", classes, lastOperator, isLetterboxed, isOfImage, threshold,
            null);

    /// <summary>A picture in an input of 256 x 256.</summary>
    public static GpuFrame Frame(int width, int height)
    {
        var geometry = LetterboxGeometry.Fit(width, height, 256, 256);
        return new()
        {
            Width = width,
            Height = height,
            InputWidth = 256,
            InputHeight = 256,
            ScaledWidth = geometry.ScaledWidth,
            ScaledHeight = geometry.ScaledHeight,
            Left = geometry.Left,
            Top = geometry.Top,
        };
    }

    /// <summary>An output [batch, classes, height, width].</summary>
    public static void Check(
        KernelSet kernels, GpuQueue queue, Action wait, float[] values, int classes, int height, int width, bool isHalf,
        ClassMapSource source, params GpuFrame[] frames)
    {
        using var maps = new GpuClassMaps<HeadLabel>(kernels, source, frames.Length);
        using var heads = new Heads(kernels, queue, wait);
        heads.Add(values, isHalf, frames.Length, classes, height, width).Run(maps, frames);
        values = values.Rounded(isHalf);
        var (decoder, length) = (new ClassMapDecoder(), classes * height * width);
        for (var item = 0; item < frames.Length; item++)
        {
            if (frames[item].Width == 0) continue;
            var map = new ClassMap<HeadLabel>();
            maps.Read(item, frames[item], map, null);
            var window = WindowOf(frames[item], source, width, height);
            (map.Width, map.Height).ShouldBe(
                source.IsOfImage ? (frames[item].Width, frames[item].Height) : (width, height));
            var span = Cut(values.AsSpan(item * length, length), classes, height, width, window);
            var threshold = classes == 1 ? source.Threshold ?? PlaneThreshold.Of(source.LastOperator, span) : 0;
            var expected = new byte[map.Width * map.Height];
            decoder.Decode(new(span, classes, window.Height, window.Width), threshold, expected, map.Width, map.Height);
            var wrong = 0;
            for (var i = 0; i < expected.Length; i++) wrong += expected[i] != map.Values[i] ? 1 : 0;
            wrong.ShouldBe(0, $"{classes} x {height} x {width} to {map.Width} x {map.Height}, {source}");
            for (var label = 0; label < classes; label++)
                map.AreaOfIndex(label).ShouldBe(expected.Count(value => value == label));
        }
    }

    /// <summary>The part of the output that a picture covers.</summary>
    public static PixelRegion WindowOf(in GpuFrame frame, ClassMapSource source, int width, int height) =>
        source is { IsOfImage: true, IsLetterboxed: true }
            ? LetterboxGeometry.Fit(frame.Width, frame.Height, frame.InputWidth, frame.InputHeight).InGrid(width, height)
            : new(0, 0, width, height);

    private static float[] Cut(ReadOnlySpan<float> planes, int classes, int height, int width, PixelRegion window)
    {
        var cut = new List<float>();
        for (var label = 0; label < classes; label++)
            for (var y = window.Top; y < window.Bottom; y++)
                cut.AddRange(planes.Slice((((label * height) + y) * width) + window.Left, window.Width));
        return [.. cut];
    }
}
