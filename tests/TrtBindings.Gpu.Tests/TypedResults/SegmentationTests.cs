using System.Globalization;
using TrtBindings.Gpu.Tests.Figures;

namespace TrtBindings.Gpu.Tests.TypedResults;

/// <summary>Class maps of a U-Net of one plane, through a generated class.</summary>
public sealed class SegmentationTests
{
    private const int MostPictures = 16;

    [SkippableTheory]
    [InlineData("unet_n1-16_fp32")]
    [InlineData("unet_n1-16_fp16")]
    public void Class_maps_of_batches_of_1_to_16_are_those_of_the_CPU(string name)
    {
        using var models = BackendPair<Filter>.Load(name,
            (file, options) => Filter.Load(file, options), (file, options) => Filter.LoadEngine(file, options));
        var least = Tolerance.Of(models.Entry).IsHalf ? 0.99 : 0.9999;
        var options = new SemanticSegmentationOptions { MaxBatch = MostPictures, Threshold = 0.1f };
        using var cpu = SemanticSegmentationEngine.Create(models.Cpu, SegmentationPreprocessing.UnitRange, options);
        using var gpu = SemanticSegmentationEngine.Create(models.Gpu, SegmentationPreprocessing.UnitRange, options);
        var pictures = TypedPictures.Drawings();
        var (count, equal, pixels, worst, both) = (0, 0L, 0L, 1.0, 0);
        foreach (var batch in (int[])[1, 2, 3, 7, MostPictures])
        {
            ImageMemory[] some = [.. Enumerable.Range(batch, batch).Select(i => pictures[i % pictures.Length])];
            var (expected, found) = (cpu.Segment(some), gpu.Segment(some));
            for (var i = 0; i < batch; i++, count++)
            {
                var (left, right) = (expected[i], found[i]);
                (right.Width, right.Height).ShouldBe((left.Width, left.Height));
                var same = Enumerable.Range(0, left.Values.Length).Count(pixel => left.Values[pixel] == right.Values[pixel]);
                (equal, pixels) = (equal + same, pixels + left.Values.Length);
                worst = Math.Min(worst, same / (double)left.Values.Length);
                if (left.AreaOfIndex(0) > 0 && left.AreaOfIndex(1) > 0) both++;
            }
        }

        both.ShouldBeGreaterThan(MostPictures, "maps of one class only show nothing");
        ImageMemory[] all = [.. pictures.Take(MostPictures)];
        TypedTimes.Report($"{name}, batch {all.Length}", all.Length, () => cpu.Segment(all), () => gpu.Segment(all));
        FigureLog.Check(TypedFigures.Group, $"{name}, batches of 1 to {MostPictures}",
            string.Create(CultureInfo.InvariantCulture,
                $"{count} pictures, {equal} of {pixels} pixels equal; in the worst picture {100 * worst:0.####} %"),
            string.Create(CultureInfo.InvariantCulture, $"{100 * least:0.##} % of all pixels"), equal >= least * pixels);
    }
}
