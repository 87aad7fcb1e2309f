using TrtBindings.Vision.Gpu.Preprocessing;
using TrtBindings.Vision.Yolo;

namespace TrtBindings.Vision.Gpu.Families;

/// <summary>What a YOLO engine does on the GPU.</summary>
/// <typeparam name="TResult">The result of one picture.</typeparam>
internal class YoloGpu<TResult>(YoloLayout layout) : GpuFactory<TResult>
{
    /// <inheritdoc/>
    public override GpuPreprocessor CreatePreprocessor(KernelSet kernels) =>
        new YoloPreprocessor(kernels, layout.Form, layout.Input.Width, layout.Input.Height, layout.Input.Stride);
}
