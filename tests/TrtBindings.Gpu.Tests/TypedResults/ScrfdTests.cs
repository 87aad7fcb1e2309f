using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Gpu.Tests.TypedResults;

/// <summary>Faces: a fixed and a dynamic SCRFD. The dynamic one's engine wants its height equal to its width.</summary>
public sealed class ScrfdTests
{
    private const int LeastFaces = 30;

    [SkippableTheory]
    [InlineData("scrfd25_static_fp16", 640)]
    [InlineData("scrfd500m_hw_fp32", 320)]
    [InlineData("scrfd500m_hw_fp32", 416)]
    [InlineData("scrfd500m_hw_fp32", 640)]
    [InlineData("scrfd500m_hw_fp32", 1280)]
    [InlineData("scrfd500m_hw_fp16", 320)]
    [InlineData("scrfd500m_hw_fp16", 416)]
    [InlineData("scrfd500m_hw_fp16", 640)]
    [InlineData("scrfd500m_hw_fp16", 1280)]
    public void Faces_and_key_points_are_those_of_the_CPU(string name, int size)
    {
        using var models = BackendPair<UntypedScrfd>.Load(name, model => new(model, ScrfdForm.ThreeStridesKeyPoints));
        var options = new ScrfdOptions { InputWidth = size, InputHeight = size };
        using var cpu = ScrfdEngine.Create(models.Cpu, options);
        using var gpu = ScrfdEngine.Create(models.Gpu, options);
        var comparison = new FindComparison(Tolerance.Of(models.Entry));
        var pictures = TypedPictures.Faces();
        foreach (var picture in pictures)
        {
            comparison.Add(Find.Of(cpu.Detect(picture)), Find.Of(gpu.Detect(picture)), options.Confidence,
                Math.Max(1, Math.Max(picture.Width, picture.Height) / (double)size));
        }

        comparison.Finds.ShouldBeGreaterThanOrEqualTo(LeastFaces);
        var what = $"{name} at {size} x {size}";
        var (onCpu, onGpu) = (new List<FaceDetection>(), new List<FaceDetection>());
        TypedTimes.Report(what, 1, () => cpu.Detect(pictures[^1], onCpu), () => gpu.Detect(pictures[^1], onGpu));
        TypedFigures.Check(what, comparison);
    }
}
