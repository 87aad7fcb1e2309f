using TrtBindings.Vision.Tests.Accuracy;

namespace TrtBindings.Benchmarks;

/// <summary>How well the shipped model finds what is in its validation pictures.</summary>
internal static class AccuracyRows
{
    private const double Bar = 0.85;

    public static IEnumerable<Row> Measure()
    {
        var classes = SampleModelAccuracy.Measure();
        yield return Row.AtLeast(
            "desk-seg on its validation pictures: box AP50", Bar, classes.Average(one => one.BoxAp50));
        yield return Row.AtLeast("  mask AP50", Bar, classes.Average(one => one.MaskAp50));
    }
}
