using TrtBindings.Vision.Gpu.Preprocessing;

namespace TrtBindings.Vision.Gpu.Families;

/// <summary>What an RT-DETR engine does on the GPU.</summary>
/// <typeparam name="TResult">The result of one picture.</typeparam>
internal class RtDetrGpu<TResult>(ImageInput input) : GpuFactory<TResult>
{
    /// <inheritdoc/>
    public override GpuPreprocessor CreatePreprocessor(KernelSet kernels) =>
        new StretchPreprocessor(kernels, input.Width, input.Height);
}
