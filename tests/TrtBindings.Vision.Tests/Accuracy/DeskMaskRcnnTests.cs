using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>Accuracy of the shipped Mask R-CNN on the validation pictures, through the engine.</summary>
[Trait("Category", "Slow")]
public sealed class DeskMaskRcnnTests(ITestOutputHelper output)
{
    private const double Bar = 0.80;

    [Theory]
    [InlineData("320x320")]
    [InlineData("480x640")]
    [InlineData("640x640")]
    public void Fixed_slots_reach_an_AP50_of_80_percent_of_boxes_and_masks(string size) =>
        Check(DeskMaskRcnnAccuracy.Measure(size));

    [Fact]
    public void The_dynamic_export_reaches_an_AP50_of_80_percent_of_boxes_and_masks() => Check(DeskMaskRcnnAccuracy.Measure());

    private void Check(ClassAccuracy[] classes)
    {
        foreach (var one in classes)
        {
            output.WriteLine($"{one.Class,-8} {one.Objects,3} objects  "
                + $"box AP50 {one.BoxAp50:0.0000}  mask AP50 {one.MaskAp50:0.0000}");
        }

        classes.Length.ShouldBe(6);
        classes.ShouldAllBe(one => one.Objects > 0);
        classes.Average(one => one.BoxAp50).ShouldBeGreaterThanOrEqualTo(Bar);
        classes.Average(one => one.MaskAp50).ShouldBeGreaterThanOrEqualTo(Bar);
    }
}
