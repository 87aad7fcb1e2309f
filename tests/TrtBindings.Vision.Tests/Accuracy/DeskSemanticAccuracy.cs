using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>Accuracy of the shipped segmenter on the validation pictures.</summary>
internal static class DeskSemanticAccuracy
{
    private static readonly int Classes = Enum.GetValues<DeskClass>().Length;

    /// <summary>Runs every picture at its own size; intersection over union of each class.</summary>
    public static double[] Measure() => Measured.Once("classes of desk-semantic", Run);

    private static double[] Run()
    {
        using var model = ShippedModels.Semantic();
        var truth = Annotations.Read(SampleModels.Validation);
        var (shared, found, real) = (new long[Classes], new long[Classes], new long[Classes]);
        // Pictures of one shorter side are run at their own size.
        foreach (var group in truth.Images.GroupBy(image => Math.Min(image.Width, image.Height)))
        {
            using var engine = SemanticSegmentationEngine.Create(
                model, SegmentationPreprocessing.UnitRange with { ShortSide = group.Key }, new() { MaxBatch = 1 });
            foreach (var image in group)
            {
                engine.InputSizeOf(image.Width, image.Height).ShouldBe((image.Width, image.Height));
                var map = engine.Segment(SampleModels.Read(image.File).View);
                var expected = ClassesOf(image);
                for (var i = 0; i < expected.Length; i++)
                {
                    found[map.Values[i]]++;
                    real[expected[i]]++;
                    if (map.Values[i] == expected[i]) shared[expected[i]]++;
                }
            }
        }

        truth.Images.Length.ShouldBe(48);
        return [.. Enumerable.Range(0, Classes).Select(i => shared[i] / (double)(found[i] + real[i] - shared[i]))];
    }

    /// <summary>The true class of each pixel, from the renderer.</summary>
    public static byte[] ClassesOf(AnnotatedImage image)
    {
        var map = new byte[image.Width * image.Height];
        foreach (var one in image.Objects)
        {
            var at = 0;
            for (var i = 0; i < one.Rle.Length; at += one.Rle[i++])
                if (i % 2 == 1) map.AsSpan(at, one.Rle[i]).Fill((byte)(one.Class + 1));
        }

        return map;
    }
}
