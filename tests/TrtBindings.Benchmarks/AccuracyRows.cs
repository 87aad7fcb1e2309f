using TrtBindings.Vision.Tests.Accuracy;

namespace TrtBindings.Benchmarks;

/// <summary>Accuracy of the shipped models on their validation pictures.</summary>
internal static class AccuracyRows
{
    private const double Bar = 0.85;
    private const double FaceBar = 0.98;
    private const double SiblingBar = 0.80;
    private const double ClassifierBar = 0.90;

    public static IEnumerable<Row> Measure()
    {
        var classes = SampleModelAccuracy.Measure();
        yield return Row.AtLeast(
            "desk-seg on its validation pictures: box AP50", Bar, classes.Average(one => one.BoxAp50));
        yield return Row.AtLeast("  mask AP50", Bar, classes.Average(one => one.MaskAp50));
        foreach (var (width, height) in new[] { (640, 480), (640, 640) })
        {
            var faces = FaceModelAccuracy.Measure(width, height);
            yield return Row.AtLeast(
                $"faces-scrfd at {width} x {height}: recall at 1 false find a picture", FaceBar, faces.Recall);
            yield return Row.Figure("  key points off by", faces.PointError, "of the face's larger side");
            yield return Row.Figure("  line through the eyes off by", faces.TiltError, "degrees");
        }

        yield return Row.AtLeast(
            "desk-detect on its validation pictures: box AP50", Bar, DeskDetectAccuracy.Measure().Average(one => one.BoxAp50));
        yield return Row.AtLeast(
            "desk-pose on its validation pictures: key point AP50", SiblingBar,
            DeskPoseAccuracy.Measure().Average(one => one.Ap50));
        yield return Row.AtLeast(
            "desk-obb on its validation pictures: oriented box AP50", SiblingBar,
            DeskObbAccuracy.Measure().Average(one => one.Ap50));
        yield return Row.AtLeast(
            "desk-classify on the objects of its validation pictures: right", ClassifierBar,
            DeskClassifyAccuracy.Measure().Average(one => one.Found == one.Class ? 1.0 : 0));
    }
}
