using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>Accuracy of the shipped YOLO-seg model on its validation pictures.</summary>
internal static class SampleModelAccuracy
{
    /// <summary>Runs every validation picture through <c>Detect</c>; one result for each class.</summary>
    public static ClassAccuracy[] Measure() => Measured.Once("masks of desk-seg", () => Run(SampleModels.Dense()));

    /// <summary>The same of the end-to-end form of the model.</summary>
    public static ClassAccuracy[] MeasureEndToEnd() =>
        Measured.Once("masks of desk-seg-e2e", () => Run(SampleModels.EndToEnd()));

    private static ClassAccuracy[] Run(UntypedYoloSeg<DeskLabel> model)
    {
        using var disposed = model;
        var truth = Annotations.Read(SampleModels.Validation);
        using var engine = YoloSegEngine.Create(model, new() { Confidence = 0.001f, MultiLabel = true });
        var found = new List<Prediction>();
        for (var i = 0; i < truth.Images.Length; i++)
        {
            var image = SampleModels.Read(truth.Images[i].File);
            (image.Width, image.Height).ShouldBe((truth.Images[i].Width, truth.Images[i].Height));
            foreach (var one in engine.Detect(image.View)) found.Add(new(i, one.ClassIndex, one.Score, one.Box, one.Mask));
        }

        return ClassAccuracy.Of(truth, found);
    }
}
