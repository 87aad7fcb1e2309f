using TrtBindings.Vision.Gpu.Preprocessing;

namespace TrtBindings.Vision.SemanticSegmentation;

/// <summary>What a segmentation engine does before its model.</summary>
/// <param name="kernels">The kernels.</param>
/// <param name="preprocessing">
/// One for which <see cref="ImageGpuPreprocessor.WhyNot"/> has no reason.
/// </param>
/// <param name="width">Width of the input, or for letterboxes the width that pictures are fitted into.</param>
/// <param name="height">Height of the input, or for letterboxes the height that pictures are fitted into.</param>
/// <param name="stride">For letterboxes: multiple that each picture is padded to; 0 to pad all to the input's size.</param>
/// <param name="shortSide">For a model of a dynamic size: length of the picture's shorter side.</param>
internal sealed class SegmentationGpuPreprocessor(
    KernelSet kernels, SegmentationPreprocessing preprocessing, int width, int height, int stride = 0, int? shortSide = null)
    : ImageGpuPreprocessor(kernels, preprocessing, EncodingOf(preprocessing))
{
    private readonly SegmentationPreprocessing _preprocessing = preprocessing;

    /// <inheritdoc/>
    protected override void Place(ref GpuFrame frame)
    {
        if (_preprocessing.Letterboxes)
        {
            var geometry = LetterboxGeometry.Of(frame.Width, frame.Height, width, height, stride);
            var (gainX, gainY) = geometry.Gains;
            Set(ref frame, geometry.Placement, gainX, gainY);
            return;
        }

        var (wide, high) = shortSide is { } side ? _preprocessing.SizeOf(frame.Width, frame.Height, side) : (width, height);
        Set(ref frame, CropGeometry.Stretched(wide, high));
    }

    private static InputEncoding EncodingOf(SegmentationPreprocessing preprocessing) => preprocessing.Letterboxes
        ? InputEncoding.Padded(preprocessing.Encoding, LetterboxResizer.PadValue, filler: 0)
        : InputEncoding.Covered(preprocessing.Encoding);
}
