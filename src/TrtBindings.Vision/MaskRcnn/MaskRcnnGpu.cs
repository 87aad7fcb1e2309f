namespace TrtBindings.Vision.MaskRcnn;

/// <summary>What a Mask R-CNN engine does on the GPU.</summary>
/// <param name="layout">The model.</param>
/// <param name="options">The engine's options.</param>
internal sealed class MaskRcnnGpu<TLabel>(MaskRcnnLayout layout, MaskRcnnOptions options)
    : GpuFactory<List<InstanceDetection<TLabel>>>
    where TLabel : unmanaged, Enum
{
    /// <inheritdoc/>
    public override string? PostprocessingProblem => GpuMaskRcnnInstances<TLabel>.WhyNot(layout);

    /// <inheritdoc/>
    public override GpuPreprocessor CreatePreprocessor(KernelSet kernels) => new MaskRcnnGpuPreprocessor(
        kernels, layout.Form, (width, height) => MaskRcnnGeometry.Of(layout, width, height));

    /// <inheritdoc/>
    public override GpuPostprocessor<List<InstanceDetection<TLabel>>> CreatePostprocessor(KernelSet kernels) =>
        new GpuMaskRcnnInstances<TLabel>(kernels, layout, options, layout.Input.MaxBatch, options.KeepMasksOnDevice);
}
