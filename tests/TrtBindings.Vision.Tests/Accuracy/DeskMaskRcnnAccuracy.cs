using TrtBindings.Vision.Tests.MaskRcnn;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>Accuracy of the shipped Mask R-CNN on its validation pictures.</summary>
internal static class DeskMaskRcnnAccuracy
{
    /// <summary>Runs every validation picture through <c>Detect</c>; one result for each class.</summary>
    /// <param name="size">A size of the fixed-slot graph; by default the dynamic export.</param>
    public static ClassAccuracy[] Measure(string size = "") => Measured.Once($"masks of desk-maskrcnn {size}", () => Run(size));

    private static ClassAccuracy[] Run(string size)
    {
        using var model = size.Length == 0 ? DeskMaskRcnn.Dynamic() : DeskMaskRcnn.Fixed(size);
        var truth = Annotations.Read(SampleModels.Validation);
        truth.Images.Length.ShouldBe(48);
        // The graph itself drops scores of 0.05 and less.
        using var engine = MaskRcnnEngine.Create(model, new() { Confidence = 0 });
        var found = new List<Prediction>();
        for (var i = 0; i < truth.Images.Length; i++)
        {
            foreach (var one in engine.Detect(SampleModels.Read(truth.Images[i].File).View))
                found.Add(new(i, one.ClassIndex - 1, one.Score, one.Box, one.Mask));
        }

        return ClassAccuracy.Of(truth, found);
    }
}
