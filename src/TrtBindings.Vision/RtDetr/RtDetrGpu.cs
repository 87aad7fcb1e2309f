using TrtBindings.Vision.Gpu.Preprocessing;

namespace TrtBindings.Vision.RtDetr;

/// <summary>What an RT-DETR engine does on the GPU.</summary>
/// <param name="model">The model.</param>
/// <param name="input">Its input.</param>
/// <param name="options">The engine's options.</param>
internal sealed class RtDetrGpu<TLabel>(IRtDetrModel<TLabel> model, ImageInput input, RtDetrOptions options)
    : GpuFactory<List<Detection<TLabel>>>
    where TLabel : unmanaged, Enum
{
    /// <inheritdoc/>
    public override string? PostprocessingProblem => GpuRtDetrDetections<TLabel>.WhyNot(model.Signature);

    /// <inheritdoc/>
    public override GpuPreprocessor CreatePreprocessor(KernelSet kernels) =>
        new StretchGpuPreprocessor(kernels, input.Width, input.Height);

    /// <inheritdoc/>
    public override GpuPostprocessor<List<Detection<TLabel>>> CreatePostprocessor(KernelSet kernels) =>
        new GpuRtDetrDetections<TLabel>(kernels, model.Signature, model.Form == RtDetrForm.Rows, options, input.MaxBatch);
}
