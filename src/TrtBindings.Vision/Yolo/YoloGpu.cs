namespace TrtBindings.Vision.Yolo;

/// <summary>What a YOLO engine does on the GPU.</summary>
/// <typeparam name="TResult">The result of one picture.</typeparam>
internal abstract class YoloGpu<TResult>(YoloLayout layout) : GpuFactory<TResult>
{
    /// <summary>The model.</summary>
    protected YoloLayout Layout => layout;

    /// <inheritdoc/>
    public sealed override string? PostprocessingProblem => GpuOutputs.FloatProblem(layout.Model.Signature.Outputs);

    /// <inheritdoc/>
    public sealed override GpuPreprocessor CreatePreprocessor(KernelSet kernels) =>
        new YoloGpuPreprocessor(kernels, layout.Form, layout.Input.Width, layout.Input.Height, layout.Input.Stride);
}

/// <summary>What a <see cref="YoloDetectEngine{TLabel}"/> does on the GPU.</summary>
internal sealed class YoloDetectGpu<TLabel>(YoloLayout layout, YoloOptions options) : YoloGpu<List<Detection<TLabel>>>(layout)
    where TLabel : unmanaged, Enum
{
    /// <inheritdoc/>
    public override GpuPostprocessor<List<Detection<TLabel>>> CreatePostprocessor(KernelSet kernels) =>
        new GpuYoloDetections<TLabel>(kernels, options, Layout.Form, Layout.Labels);
}

/// <summary>What a <see cref="YoloSegEngine{TLabel}"/> does on the GPU.</summary>
internal sealed class YoloSegGpu<TLabel>(YoloLayout layout, YoloSegOptions options)
    : YoloGpu<List<InstanceDetection<TLabel>>>(layout)
    where TLabel : unmanaged, Enum
{
    /// <inheritdoc/>
    public override GpuPostprocessor<List<InstanceDetection<TLabel>>> CreatePostprocessor(KernelSet kernels) =>
        new GpuYoloInstances<TLabel>(kernels, options, Layout.Form, Layout.Labels, options.KeepMasksOnDevice);
}

/// <summary>What a <see cref="YoloPoseEngine{TLabel}"/> does on the GPU.</summary>
internal sealed class YoloPoseGpu<TLabel>(YoloLayout layout, YoloOptions options, int points, int values)
    : YoloGpu<List<YoloPose<TLabel>>>(layout)
    where TLabel : unmanaged, Enum
{
    /// <inheritdoc/>
    public override GpuPostprocessor<List<YoloPose<TLabel>>> CreatePostprocessor(KernelSet kernels) =>
        new GpuYoloPoses<TLabel>(kernels, options, Layout.Form, Layout.Labels, points, values);
}

/// <summary>What a <see cref="YoloObbEngine{TLabel}"/> does on the GPU.</summary>
internal sealed class YoloObbGpu<TLabel>(YoloLayout layout, YoloOptions options)
    : YoloGpu<List<YoloOrientedDetection<TLabel>>>(layout)
    where TLabel : unmanaged, Enum
{
    /// <inheritdoc/>
    public override GpuPostprocessor<List<YoloOrientedDetection<TLabel>>> CreatePostprocessor(KernelSet kernels) =>
        new GpuYoloOrientedBoxes<TLabel>(kernels, options, Layout.Form, Layout.Labels);
}
