using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>Accuracy of the shipped model on its validation pictures, through the engine.</summary>
[Trait("Category", "Slow")]
public sealed class SampleModelAccuracyTests(ITestOutputHelper output)
{
    private const double Bar = 0.85;

    [Fact]
    public void Boxes_and_masks_reach_an_AP50_of_85_percent()
    {
        var classes = SampleModelAccuracy.Measure();
        foreach (var one in classes)
        {
            output.WriteLine($"{one.Class,-8} {one.Objects,3} objects  "
                + $"box AP50 {one.BoxAp50:0.0000}  mask AP50 {one.MaskAp50:0.0000}");
        }

        classes.Length.ShouldBeGreaterThanOrEqualTo(3);
        classes.Average(one => one.BoxAp50).ShouldBeGreaterThanOrEqualTo(Bar);
        classes.Average(one => one.MaskAp50).ShouldBeGreaterThanOrEqualTo(Bar);
    }
}
