using TrtBindings.Vision.Gpu.Preprocessing;
using TrtBindings.Vision.Yolo;

namespace TrtBindings.Vision.Gpu.Families;

/// <summary>What a YOLO engine does on the GPU.</summary>
/// <typeparam name="TResult">The result of one picture.</typeparam>
internal abstract class YoloGpu<TResult>(YoloLayout layout) : GpuFactory<TResult>
{
    /// <summary>The model.</summary>
    protected YoloLayout Layout => layout;

    /// <inheritdoc/>
    public override GpuPreprocessor CreatePreprocessor(KernelSet kernels) =>
        new YoloGpuPreprocessor(kernels, layout.Form, layout.Input.Width, layout.Input.Height, layout.Input.Stride);
}

/// <summary>What a <see cref="YoloDetectEngine{TLabel}"/> does on the GPU.</summary>
internal sealed class YoloDetectGpu<TLabel>(YoloLayout layout, YoloOptions options) : YoloGpu<List<Detection<TLabel>>>(layout)
    where TLabel : unmanaged, Enum
{
    /// <inheritdoc/>
    public override string? PostprocessingProblem => GpuOutputs.FloatProblem(Layout.Model.Signature.Outputs[0]);

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
    public override string? PostprocessingProblem => GpuOutputs.FloatProblem(Layout.Model.Signature.Outputs[0])
        ?? GpuOutputs.FloatProblem(Layout.Model.Signature.Outputs[1]);

    /// <inheritdoc/>
    public override GpuPostprocessor<List<InstanceDetection<TLabel>>> CreatePostprocessor(KernelSet kernels) =>
        new GpuYoloInstances<TLabel>(kernels, options, Layout.Form, Layout.Labels);
}

/// <summary>What a YOLO engine without kernels for its results does on the GPU.</summary>
/// <typeparam name="TResult">The result of one picture.</typeparam>
internal sealed class YoloOtherGpu<TResult>(YoloLayout layout) : YoloGpu<TResult>(layout);
