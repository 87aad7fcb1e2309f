using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Shipped;

/// <summary>The common interface of engines that find objects.</summary>
internal sealed record Finding(int ClassIndex, float Score, Box Box, Mask? Mask, FaceKeyPoints? KeyPoints)
{
    public static Finding Of(InstanceDetection<DeskLabel> one) => new(one.ClassIndex, one.Score, one.Box, one.Mask, null);

    public static Finding Of(InstanceDetection<DeskClass> one) => new(one.ClassIndex, one.Score, one.Box, one.Mask, null);

    public static Finding Of(Detection<DeskLabel> one) => new(one.ClassIndex, one.Score, one.Box, null, null);

    public static Finding Of(FaceDetection one) => new(0, one.Score, one.Box, null, one.KeyPoints);

    /// <summary>Equal to the last bit.</summary>
    public void ShouldBeTheSameAs(Finding other)
    {
        (this with { Mask = null }).ShouldBe(other with { Mask = null });
        Same.Masks(Mask, other.Mask);
    }

    /// <summary>Equal, except for the rounding of inference in a batch.</summary>
    public void ShouldBeNear(Finding other)
    {
        ClassIndex.ShouldBe(other.ClassIndex);
        Score.ShouldBe(other.Score, 1e-3f);
        Box.X1.ShouldBe(other.Box.X1, .01f);
        Box.Y1.ShouldBe(other.Box.Y1, .01f);
        Box.X2.ShouldBe(other.Box.X2, .01f);
        Box.Y2.ShouldBe(other.Box.Y2, .01f);
        (Mask is null).ShouldBe(other.Mask is null);
        if (Mask is not null) Same.Overlap(Mask, other.Mask!).ShouldBeGreaterThanOrEqualTo(.999);
    }
}
