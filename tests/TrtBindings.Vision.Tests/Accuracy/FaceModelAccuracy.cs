using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>Accuracy of the shipped face detector on pictures that were held out of its training.</summary>
internal static class FaceModelAccuracy
{
    /// <summary>Runs every validation picture through <c>Detect</c> at an input size.</summary>
    public static FaceAccuracy Measure(int width, int height) =>
        Measured.Once($"faces at {width} x {height}", () => Run(width, height));

    private static FaceAccuracy Run(int width, int height)
    {
        var truth = FaceAnnotations.Read().Images;
        using var model = ShippedModels.Faces();
        // Low enough that every picture has false finds.
        using var engine = ScrfdEngine.Create(model, new() { Confidence = 0.02f, InputWidth = width, InputHeight = height });
        return FaceAccuracy.Of(truth, [.. truth.Select(image => engine.Detect(FaceAnnotations.Picture(image).View))]);
    }
}
