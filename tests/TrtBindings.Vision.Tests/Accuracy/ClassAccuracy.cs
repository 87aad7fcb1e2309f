using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>Accuracy for one class of annotated pictures.</summary>
/// <param name="Class">The class.</param>
/// <param name="Objects">Objects of it in the pictures.</param>
/// <param name="BoxAp50">Average precision at an overlap of the boxes of 0.5.</param>
/// <param name="MaskAp50">The same for masks; NaN if predictions have none.</param>
/// <param name="BoxAp75">Average precision at an overlap of the boxes of 0.75.</param>
/// <param name="MaskOverlap">
/// Mean over the objects of the largest intersection over union of a mask that was found with a score of 0.25 or more; 0 where
/// there is none. NaN if predictions have no masks.
/// </param>
internal sealed record ClassAccuracy(
    string Class, int Objects, double BoxAp50, double MaskAp50, double BoxAp75, double MaskOverlap)
{
    private const float Shown = 0.25f;

    /// <summary>One result for each class of the annotations.</summary>
    public static ClassAccuracy[] Of(Annotations truth, IReadOnlyList<Prediction> found) =>
        [.. truth.Classes.Select((name, label) => Of(name, label, truth, found))];

    private static ClassAccuracy Of(string name, int label, Annotations truth, IReadOnlyList<Prediction> found)
    {
        var predictions = found.Where(one => one.Class == label).ToArray();
        var objects = truth.Images.Select(image => image.Objects.Where(one => one.Class == label).ToArray()).ToArray();
        var boxes = Remembered((i, candidate) => BoxOverlap(predictions[i], objects[predictions[i].Image][candidate]));
        var masks = Remembered((i, candidate) =>
            RunLengths.Overlap(predictions[i].Mask!, objects[predictions[i].Image][candidate].Rle));
        var hasMasks = predictions.All(one => one.Mask is not null);
        double Precision(Func<int, int, double> overlap, double threshold) => AveragePrecision.Of(
            [.. predictions.Select(one => (one.Image, one.Score))], [.. objects.Select(image => image.Length)], overlap,
            threshold);
        return new(name, objects.Sum(image => image.Length), Precision(boxes, 0.5), hasMasks ? Precision(masks, 0.5) : double.NaN,
            Precision(boxes, 0.75), hasMasks ? MeanOverlap(predictions, objects, masks) : double.NaN);
    }

    private static double BoxOverlap(Prediction prediction, AnnotatedObject one) =>
        prediction.Box.IntersectionOverUnion(new(one.Box[0], one.Box[1], one.Box[2], one.Box[3]));

    private static double MeanOverlap(Prediction[] predictions, AnnotatedObject[][] objects, Func<int, int, double> masks) =>
        objects.SelectMany((image, i) => image.Select((one, candidate) => Enumerable.Range(0, predictions.Length)
            .Where(at => predictions[at].Image == i && predictions[at].Score >= Shown && BoxOverlap(predictions[at], one) > 0)
            .Select(at => masks(at, candidate)).DefaultIfEmpty(0).Max())).Average();

    /// <summary>Every measure asks for the same overlaps.</summary>
    private static Func<int, int, double> Remembered(Func<int, int, double> overlap)
    {
        var known = new Dictionary<(int, int), double>();
        return (prediction, candidate) => known.TryGetValue((prediction, candidate), out var value) ? value
            : known[(prediction, candidate)] = overlap(prediction, candidate);
    }
}
