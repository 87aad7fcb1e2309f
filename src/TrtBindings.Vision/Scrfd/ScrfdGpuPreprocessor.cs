using TrtBindings.Vision.Gpu.Preprocessing;


namespace TrtBindings.Vision.Scrfd;

/// <summary>What <see cref="ScrfdPipeline"/> does before a model. Both gains are that of the height.</summary>
/// <param name="kernels">The kernels.</param>
/// <param name="width">Width of the input.</param>
/// <param name="height">Height of the input.</param>
internal sealed class ScrfdGpuPreprocessor(KernelSet kernels, int width, int height)
    : ResizePreprocessor(new LinearGpuResizer(kernels), InputEncoding.Padded(ScrfdPipeline.Encoding, 0, ScrfdPipeline.Filler))
{
    /// <inheritdoc/>
    protected override void Place(ref GpuFrame frame)
    {
        var geometry = ScrfdGeometry.Fit(frame.Width, frame.Height, width, height);
        Set(ref frame, geometry.Placement, geometry.Scale, geometry.Scale);
    }
}
