using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>Accuracy of the shipped pose model on the key points of the validation pictures.</summary>
internal static class DeskPoseAccuracy
{
    public static UntypedYoloPose<PosedLabel> Load() => new(DeskFolder.Load("desk-pose"));

    /// <summary>
    /// Runs every validation picture through <c>Detect</c>; one result for each class, by COCO's likeness of key points.
    /// </summary>
    public static ClassPrecision[] Measure() => Measured.Once("key points of desk-pose", Run);

    private static ClassPrecision[] Run()
    {
        var truth = DeskFolder.Truth<PosedAnnotations>("keypoints.json");
        using var model = Load();
        using var engine = YoloPoseEngine.Create(model, new() { Confidence = 0.001f, MultiLabel = true });
        var found = truth.Images.SelectMany((image, i) =>
            engine.Detect(SampleModels.Read(image.File).View).Select(one => (i, one.Score, Found: one))).ToArray();
        return [.. truth.Classes.Select((name, label) => ClassPrecision.Of(
            name, [.. truth.Images.Select(image => image.Objects.Where(one => one.Class == label).ToArray())],
            [.. found.Where(one => one.Found.ClassIndex == label)],
            (pose, candidate) => candidate.Similarity(pose.KeyPoints.Span, truth.Sigma)))];
    }
}
