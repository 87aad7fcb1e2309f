namespace TrtBindings.Vision.Gpu.Preprocessing;

/// <summary>The whole picture, stretched to the input by OpenCV's bilinear resize, in 0 to 1: what RT-DETR takes.</summary>
/// <param name="kernels">The kernels.</param>
/// <param name="width">Width of the input.</param>
/// <param name="height">Height of the input.</param>
internal sealed class StretchGpuPreprocessor(KernelSet kernels, int width, int height)
    : ResizePreprocessor(new LinearGpuResizer(kernels), InputEncoding.Covered(PixelEncoding.UnitRange))
{
    /// <inheritdoc/>
    protected override void Place(ref GpuFrame frame) => Set(ref frame, CropGeometry.Stretched(width, height));
}
