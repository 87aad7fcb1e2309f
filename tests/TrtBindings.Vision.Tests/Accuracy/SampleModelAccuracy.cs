using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>How well the shipped model finds one class of its validation pictures.</summary>
/// <param name="Class">The class.</param>
/// <param name="Objects">Objects of it in the pictures.</param>
/// <param name="BoxAp50">Average precision at an overlap of the boxes of 0.5.</param>
/// <param name="MaskAp50">The same of the masks.</param>
internal sealed record SampleModelAccuracy(string Class, int Objects, double BoxAp50, double MaskAp50)
{
    /// <summary>Runs every validation picture through <c>Detect</c>; one result for each class.</summary>
    public static SampleModelAccuracy[] Measure()
    {
        var truth = Annotations.Read(SampleModels.Validation);
        using var model = SampleModels.Dense();
        using var engine = YoloSegEngine.For(model, new() { Confidence = 0.001f, MultiLabel = true });
        var found = new List<(int Image, YoloSegDetection<DeskLabel> Detection)>();
        for (var i = 0; i < truth.Images.Length; i++)
        {
            var image = SampleModels.Read(truth.Images[i].File);
            (image.Width, image.Height).ShouldBe((truth.Images[i].Width, truth.Images[i].Height));
            foreach (var detection in engine.Detect(image.View)) found.Add((i, detection));
        }

        return [.. truth.Classes.Select((name, label) => Of(name, label, truth, found))];
    }

    private static SampleModelAccuracy Of(
        string name, int label, Annotations truth, List<(int Image, YoloSegDetection<DeskLabel> Detection)> found)
    {
        var predictions = found.Where(one => one.Detection.ClassIndex == label).ToArray();
        var objects = truth.Images.Select(image => image.Objects.Where(one => one.Class == label).ToArray()).ToArray();
        var boxes = Of(predictions, objects, (detection, one) =>
            detection.Box.IntersectionOverUnion(new(one.Box[0], one.Box[1], one.Box[2], one.Box[3])));
        var masks = Of(predictions, objects, (detection, one) => RunLengths.Overlap(detection.Mask!, one.Rle));
        return new(name, objects.Sum(image => image.Length), boxes, masks);
    }

    private static double Of(
        (int Image, YoloSegDetection<DeskLabel> Detection)[] predictions, AnnotatedObject[][] objects,
        Func<YoloSegDetection<DeskLabel>, AnnotatedObject, double> overlap) => AveragePrecision.Of(
            [.. predictions.Select(one => (one.Image, one.Detection.Score))],
            [.. objects.Select(image => image.Length)],
            (prediction, candidate) => overlap(
                predictions[prediction].Detection, objects[predictions[prediction].Image][candidate]));
}
