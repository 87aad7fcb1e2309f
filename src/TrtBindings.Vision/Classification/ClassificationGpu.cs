namespace TrtBindings.Vision.Classification;

/// <summary>What a classification engine does on the GPU.</summary>
/// <param name="model">The model.</param>
/// <param name="input">Its input.</param>
/// <param name="preprocessing">How images are prepared.</param>
/// <param name="options">The engine's options.</param>
internal sealed class ClassificationGpu<TLabel>(
    IRunnableModel model, ImageInput input, ClassificationPreprocessing preprocessing, ClassificationOptions options)
    : GpuFactory<List<ClassificationResult<TLabel>>>
    where TLabel : unmanaged, Enum
{
    /// <inheritdoc/>
    public override string? PreprocessingProblem => ImageGpuPreprocessor.WhyNot(preprocessing);

    /// <inheritdoc/>
    public override string? PostprocessingProblem => GpuClassifier<TLabel>.WhyNot(model.Signature);

    /// <summary>What the output holds.</summary>
    public static ClassScores KindOf(IRunnableModel model, ClassificationOptions options)
    {
        var operators = model.Description.OutputOperators;
        return ClassScoring.Of(options.Scores, operators.Count > 0 ? operators[0] : "");
    }

    /// <inheritdoc/>
    public override GpuPreprocessor CreatePreprocessor(KernelSet kernels) =>
        new ClassificationGpuPreprocessor(kernels, preprocessing, input.Width, input.Height);

    /// <inheritdoc/>
    public override GpuPostprocessor<List<ClassificationResult<TLabel>>> CreatePostprocessor(KernelSet kernels) =>
        new GpuClassifier<TLabel>(kernels, model.Signature, KindOf(model, options), options.Top, input.MaxBatch);
}
