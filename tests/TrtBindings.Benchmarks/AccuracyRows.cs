using TrtBindings.Vision.Tests.Accuracy;

namespace TrtBindings.Benchmarks;

/// <summary>How well shipped models find what is in their validation pictures.</summary>
internal static class AccuracyRows
{
    private const double Bar = 0.85;
    private const double FaceBar = 0.95;

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
        }
    }
}
