using TrtBindings.Vision.Gpu.Preprocessing;

namespace TrtBindings.Kernels.Tests.Preprocessing;

/// <summary>What families do by OpenCV's bilinear resize.</summary>
internal static class LinearCases
{
    /// <summary>Letterboxes: centred, at the top left, of one channel; SCRFD; stretched.</summary>
    public static IEnumerable<PreprocessingCase> All(int width, int height)
    {
        yield return Yolo(YoloForm.Dense, width, height, 3);
        yield return Yolo(YoloForm.Dense, width, height, 1);
        yield return Yolo(YoloForm.YoloX, width, height, 3);
        yield return Yolo(YoloForm.YoloXDecoded, width, height, 1);
        var scrfd = new ScrfdPipeline(new(), width, height);
        yield return new("SCRFD", kernels => new ScrfdGpuPreprocessor(kernels, width, height),
            (image, input) => scrfd.Preprocess(image, input), ScrfdPipeline.Filler);
        var resizer = new LinearResizer();
        yield return new("stretched", kernels => new StretchGpuPreprocessor(kernels, width, height),
            (image, input) => resizer.Run(image, width, height,
                new(input, new(width, height, width, height), PixelEncoding.UnitRange)));
    }

    public static PreprocessingCase Yolo(YoloForm form, int width, int height, int channels, int stride = 0)
    {
        var pipeline = new YoloPipeline(new(), width, height, form: form, channels: channels, stride: stride);
        return new($"{form} of {channels} channels, stride {stride}",
            kernels => new YoloGpuPreprocessor(kernels, form, width, height, stride),
            (image, input) => pipeline.Load(image, input), pipeline.Filler, channels);
    }
}
