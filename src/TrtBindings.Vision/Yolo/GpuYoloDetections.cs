namespace TrtBindings.Vision.Yolo;

/// <summary>Makes the results of a <see cref="YoloDetectEngine{TLabel}"/> with kernels.</summary>
internal sealed class GpuYoloDetections<TLabel>(KernelSet kernels, YoloOptions options, YoloForm form, ClassLabels labels)
    : GpuYoloPostprocessor<Detection<TLabel>>(kernels, options, form, labels)
    where TLabel : unmanaged, Enum
{
    /// <inheritdoc/>
    public override void Read(int item, in GpuFrame frame, List<Detection<TLabel>> result, ResultBuffer? buffer)
    {
        var count = Results.CountOf(item);
        result.EnsureCapacity(count);
        for (var i = 0; i < count; i++)
        {
            ref readonly var one = ref Results[item, i];
            result.Add(new(Labels.Of<TLabel>(one.Label), one.Label, one.Score, one.Box));
        }
    }
}
