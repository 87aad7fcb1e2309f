using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>Accuracy of the shipped oriented detector on the validation pictures.</summary>
internal static class DeskObbAccuracy
{
    public static UntypedYoloObb<DeskLabel> Load() => new(DeskFolder.Load("desk-obb"));

    /// <summary>
    /// Runs every validation picture through <c>Detect</c>; one result for each class, by the overlap of areas.
    /// </summary>
    public static ClassPrecision[] Measure() => Measured.Once("boxes of desk-obb", Run);

    private static ClassPrecision[] Run()
    {
        var truth = DeskFolder.Truth<OrientedAnnotations>("rectangles.json");
        using var model = Load();
        using var engine = YoloObbEngine.Create(model, new() { Confidence = 0.001f, MultiLabel = true });
        var found = truth.Images.SelectMany((image, i) =>
            engine.Detect(SampleModels.Read(image.File).View).Select(one => (i, one.Score, Found: one))).ToArray();
        return [.. truth.Classes.Select((name, label) => ClassPrecision.Of(
            name, [.. truth.Images.Select(image => image.Objects.Where(one => one.Class == label).ToArray())],
            [.. found.Where(one => one.Found.ClassIndex == label)],
            (one, candidate) => PolygonOverlap.Of(one.Box, candidate.Box)))];
    }
}
