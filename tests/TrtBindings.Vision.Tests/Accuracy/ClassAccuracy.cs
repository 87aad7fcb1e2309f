using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>Accuracy for one class of annotated pictures.</summary>
/// <param name="Class">The class.</param>
/// <param name="Objects">Objects of it in the pictures.</param>
/// <param name="BoxAp50">Average precision at an overlap of the boxes of 0.5.</param>
/// <param name="MaskAp50">The same for masks; NaN if predictions have none.</param>
internal sealed record ClassAccuracy(string Class, int Objects, double BoxAp50, double MaskAp50)
{
    /// <summary>One result for each class of the annotations.</summary>
    public static ClassAccuracy[] Of(Annotations truth, IReadOnlyList<Prediction> found) =>
        [.. truth.Classes.Select((name, label) => Of(name, label, truth, found))];

    private static ClassAccuracy Of(string name, int label, Annotations truth, IReadOnlyList<Prediction> found)
    {
        var predictions = found.Where(one => one.Class == label).ToArray();
        var objects = truth.Images.Select(image => image.Objects.Where(one => one.Class == label).ToArray()).ToArray();
        var boxes = Of(predictions, objects, (prediction, one) =>
            prediction.Box.IntersectionOverUnion(new(one.Box[0], one.Box[1], one.Box[2], one.Box[3])));
        var masks = predictions.Any(one => one.Mask is null) ? double.NaN
            : Of(predictions, objects, (prediction, one) => RunLengths.Overlap(prediction.Mask!, one.Rle));
        return new(name, objects.Sum(image => image.Length), boxes, masks);
    }

    private static double Of(
        Prediction[] predictions, AnnotatedObject[][] objects, Func<Prediction, AnnotatedObject, double> overlap) =>
        AveragePrecision.Of(
            [.. predictions.Select(one => (one.Image, one.Score))],
            [.. objects.Select(image => image.Length)],
            (prediction, candidate) => overlap(predictions[prediction], objects[predictions[prediction].Image][candidate]));
}
