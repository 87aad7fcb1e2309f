using TrtBindings.Vision.Gpu.Preprocessing;


namespace TrtBindings.Vision.Yolo;

/// <summary>What <see cref="YoloPipeline"/> does before a model.</summary>
/// <param name="kernels">The kernels.</param>
/// <param name="form">Layout of the output, which says who trained the model.</param>
/// <param name="width">Width that pictures are fitted into.</param>
/// <param name="height">Height that pictures are fitted into.</param>
/// <param name="stride">Multiple that each picture is padded to; 0 to pad all to the input's size.</param>
internal sealed class YoloGpuPreprocessor(KernelSet kernels, YoloForm form, int width, int height, int stride = 0)
    : ResizePreprocessor(new LinearGpuResizer(kernels), EncodingOf(form))
{
    private readonly bool _isTopLeft = YoloPipeline.IsYoloX(form);

    /// <inheritdoc/>
    protected override void Place(ref GpuFrame frame)
    {
        var geometry = _isTopLeft ? LetterboxGeometry.FitTopLeft(frame.Width, frame.Height, width, height)
            : LetterboxGeometry.Of(frame.Width, frame.Height, width, height, stride);
        var (gainX, gainY) = geometry.Gains;
        Set(ref frame, geometry.Placement, gainX, gainY);
    }

    private static InputEncoding EncodingOf(YoloForm form) => InputEncoding.Padded(
        YoloPipeline.EncodingOf(form), LetterboxResizer.PadValue, YoloPipeline.FillerOf(form));
}
