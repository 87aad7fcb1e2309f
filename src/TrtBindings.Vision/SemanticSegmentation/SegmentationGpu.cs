namespace TrtBindings.Vision.SemanticSegmentation;

/// <summary>What a segmentation engine does on the GPU.</summary>
/// <param name="model">The model.</param>
/// <param name="input">Its input.</param>
/// <param name="preprocessing">How images are prepared.</param>
/// <param name="source">What maps are made of.</param>
/// <param name="staysOnDevice">Whether maps stay on the device.</param>
/// <param name="shortSide">The shorter side of images whose size the input follows.</param>
internal sealed class SegmentationGpu<TLabel>(
    IRunnableModel model, ImageInput input, SegmentationPreprocessing preprocessing, ClassMapSource source,
    bool staysOnDevice, int? shortSide)
    : GpuFactory<ClassMap<TLabel>>
    where TLabel : unmanaged, Enum
{
    /// <inheritdoc/>
    public override string? PreprocessingProblem => ImageGpuPreprocessor.WhyNot(preprocessing);

    /// <inheritdoc/>
    public override string? PostprocessingProblem => GpuClassMaps<TLabel>.WhyNot(model.Signature, source.Head);

    /// <inheritdoc/>
    public override GpuPreprocessor CreatePreprocessor(KernelSet kernels) =>
        new SegmentationGpuPreprocessor(kernels, preprocessing, input.Width, input.Height, input.Stride, shortSide);

    /// <inheritdoc/>
    public override GpuPostprocessor<ClassMap<TLabel>> CreatePostprocessor(KernelSet kernels) =>
        new GpuClassMaps<TLabel>(kernels, source, input.MaxBatch, staysOnDevice);
}
