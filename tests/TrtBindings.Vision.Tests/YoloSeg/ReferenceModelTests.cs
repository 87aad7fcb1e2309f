using TrtBindings.TestSupport;
using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.YoloSeg;

[Trait("Category", "Slow")]
public sealed class ReferenceModelTests(ITestOutputHelper output)
{
    // Dynamically quantised: the file's own tolerance for kernels with and without VNNI.
    private const double ScoreTolerance = 0.03;
    private const double BoxTolerance = 3;

    [SkippableFact]
    public void The_bus_picture_gives_the_reference_instances_from_the_prepared_input()
    {
        Shared.Require(ReferenceModel.Model);
        Shared.Require(ReferenceModel.Prepared);
        Check(ReferenceModel.FromPrepared());
    }

    [SkippableFact]
    public void The_bus_picture_gives_the_reference_instances_from_the_photograph()
    {
        Shared.Require(ReferenceModel.Model);
        Shared.Require(ReferenceModel.Photograph);
        Check(ReferenceModel.FromPhotograph());
    }

    private void Check(InstanceDifference difference)
    {
        output.WriteLine(difference.ToString());
        difference.SameInstances.ShouldBeTrue();
        difference.Box.ShouldBeLessThanOrEqualTo(BoxTolerance);
        difference.Score.ShouldBeLessThanOrEqualTo(ScoreTolerance);
        difference.MaskOverlap.ShouldBeGreaterThan(0.95);
    }
}
