using TrtBindings.Vision.Gpu.Preprocessing;

namespace TrtBindings.Vision.Classification;

/// <summary>What a classification engine does before its model.</summary>
/// <param name="kernels">The kernels.</param>
/// <param name="preprocessing">
/// One for which <see cref="ImageGpuPreprocessor.WhyNot"/> has no reason.
/// </param>
/// <param name="width">Width of the input.</param>
/// <param name="height">Height of the input.</param>
internal sealed class ClassificationGpuPreprocessor(
    KernelSet kernels, ClassificationPreprocessing preprocessing, int width, int height)
    : ImageGpuPreprocessor(kernels, preprocessing, InputEncoding.Covered(preprocessing.Encoding))
{
    private readonly ClassificationPreprocessing _preprocessing = preprocessing;

    /// <inheritdoc/>
    protected override void Place(ref GpuFrame frame) =>
        Set(ref frame, _preprocessing.Crop(frame.Width, frame.Height, width, height));
}
