using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>Accuracy of the shipped detector on the validation pictures.</summary>
internal static class DeskDetectAccuracy
{
    /// <summary>Runs every validation picture through <c>Detect</c>; one result for each class.</summary>
    public static ClassAccuracy[] Measure() => Measured.Once("boxes of desk-detect", Run);

    private static ClassAccuracy[] Run()
    {
        var truth = Annotations.Read(SampleModels.Validation);
        using var model = ShippedModels.Detect();
        using var engine = YoloDetectEngine.Create(model, new() { Confidence = 0.001f, MultiLabel = true });
        var found = truth.Images.SelectMany((image, i) => engine.Detect(SampleModels.Read(image.File).View)
            .Select(one => new Prediction(i, one.ClassIndex, one.Score, one.Box, null)));
        return ClassAccuracy.Of(truth, [.. found]);
    }
}
