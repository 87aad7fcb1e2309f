using TrtBindings.Vision.Gpu.Preprocessing;
using TrtBindings.Vision.Scrfd;

namespace TrtBindings.Vision.Gpu.Families;

/// <summary>What an SCRFD engine does on the GPU.</summary>
internal sealed class ScrfdGpu(ScrfdLayout layout) : GpuFactory<List<FaceDetection>>
{
    /// <inheritdoc/>
    public override GpuPreprocessor CreatePreprocessor(KernelSet kernels) =>
        new ScrfdGpuPreprocessor(kernels, layout.Input.Width, layout.Input.Height);
}
