namespace TrtBindings.Vision.Scrfd;

/// <summary>What an SCRFD engine does on the GPU.</summary>
/// <param name="layout">The model.</param>
/// <param name="form">Its outputs.</param>
/// <param name="options">The engine's options.</param>
internal sealed class ScrfdGpu(ScrfdLayout layout, ScrfdForm form, ScrfdOptions options) : GpuFactory<List<FaceDetection>>
{
    /// <inheritdoc/>
    public override GpuPreprocessor CreatePreprocessor(KernelSet kernels) =>
        new ScrfdGpuPreprocessor(kernels, layout.Input.Width, layout.Input.Height);

    /// <inheritdoc/>
    public override string? PostprocessingProblem => GpuOutputs.FloatProblem(layout.Model.Signature.Outputs);

    /// <inheritdoc/>
    public override GpuPostprocessor<List<FaceDetection>> CreatePostprocessor(KernelSet kernels) => new GpuScrfdFaces(
        kernels, options, form, layout.Input.Width, layout.Input.Height, layout.IsBatched, new(layout.Model.Signature));
}
