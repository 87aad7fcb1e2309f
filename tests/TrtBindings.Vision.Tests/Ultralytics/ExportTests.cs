using System.Text.Json;
using TrtBindings.Vision.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.Ultralytics;

/// <summary>Every export of Ultralytics' in ../shared: its family, and the finds of its own predictor on each picture.</summary>
[Trait("Category", "Slow")]
public sealed class ExportTests(ITestOutputHelper output)
{
    [SkippableTheory]
    [MemberData(nameof(Export.All), MemberType = typeof(Export))]
    public void The_finds_are_those_of_the_predictor(string name)
    {
        using var export = Export.Load(name);
        export.Match.ShouldNotBeNull();
        export.Match.Problem.ShouldBeNull();
        output.WriteLine($"{export.Match.Rule.Task} {export.Match.Form}");
        List<string> problems = [];
        foreach (var variant in export.Pictures.EnumerateObject())
        {
            foreach (var picture in variant.Value.EnumerateObject())
            {
                foreach (var problem in Problems(export, variant.Name, picture.Name, picture.Value))
                    problems.Add($"{variant.Name} {picture.Name}: {problem}");
            }
        }

        problems.ShouldBeEmpty();
    }

    private static IEnumerable<string> Problems(Export export, string variant, string picture, JsonElement expected)
    {
        var isRectangular = variant.Contains("rect=True", StringComparison.Ordinal);
        var image = Export.Picture(picture);
        if (expected.TryGetProperty("top5", out var top)) return Classes(export, image, top);
        if (expected.TryGetProperty("counts", out var counts))
            return Map(export, image, isRectangular, counts);
        var space = variant.Contains("retina_masks", StringComparison.Ordinal) ? MaskSpace.Image : MaskSpace.Model;
        var found = Finder.Detect(export, image, isRectangular, space);
        Find[] finds = [.. expected.GetProperty("finds").EnumerateArray().Select(Find.Of)];
        if (!IsFloat(export)) return FindDifference.Close(found, finds);
        // A picture that fits needs no resize; after a resize, logits of a mask may be within rounding of 0.
        return FindDifference.Exact(found, finds, maskPixels: picture.EndsWith(".jpg", StringComparison.Ordinal) ? 2 : 0);
    }

    /// <summary>Files in half precision and of 8 bits differ between machines.</summary>
    private static bool IsFloat(Export export) =>
        export.Model.Description.InitializerTypes.All(one => one.ElementType is ElementType.Float or ElementType.Int64);

    private static IEnumerable<string> Classes(Export export, ImageMemory image, JsonElement top)
    {
        var tolerance = IsFloat(export) ? 1e-4f : 0.02f;
        using var engine = ClassificationEngine.Create(new UntypedClassifier<ConsoleColor>(export.Model));
        var found = engine.Classify(image.View);
        if (found.Count != top.GetArrayLength()) yield return $"{found.Count} classes, not {top.GetArrayLength()}";
        var labels = export.Model.Signature.Labels;
        foreach (var (one, wanted) in found.Zip(top.EnumerateArray()))
        {
            if (one.ClassIndex != wanted[0].GetInt32() || labels[one.ClassIndex] != wanted[1].GetString()
                || Math.Abs(one.Score - wanted[2].GetSingle()) > tolerance)
                yield return $"{one.ClassIndex} '{labels[one.ClassIndex]}' {one.Score}, not {wanted}";
        }
    }

    private static IEnumerable<string> Map(
        Export export, ImageMemory image, bool isRectangular, JsonElement counts)
    {
        var model = new UntypedSegmenter<ConsoleColor>(export.Model, Enum.Parse<SemanticSegmentationForm>(export.Match!.Form));
        using var engine = SemanticSegmentationEngine.Create(model, new() { Rectangular = isRectangular });
        var map = engine.Segment(image.View);
        if ((map.Width, map.Height) != (image.Width, image.Height)) yield return $"a map of {map.Width} x {map.Height}";
        var tolerance = IsFloat(export) ? 0 : image.Width * image.Height / 100;
        for (var label = 0; label < 256; label++)
        {
            var wanted = counts.TryGetProperty($"{label}", out var count) ? count.GetInt32() : 0;
            if (Math.Abs(map.AreaOfIndex(label) - wanted) > tolerance)
                yield return $"{map.AreaOfIndex(label)} pixels of class {label}, not {wanted}";
        }
    }
}
