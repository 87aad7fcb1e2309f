namespace TrtBindings.Vision.Yolo;

/// <summary>Makes the results of a <see cref="YoloObbEngine{TLabel}"/> with kernels.</summary>
internal sealed class GpuYoloOrientedBoxes<TLabel>(KernelSet kernels, YoloOptions options, YoloForm form, ClassLabels labels)
    : GpuYoloPostprocessor<YoloOrientedDetection<TLabel>>(kernels, options, form, labels, isRotated: true)
    where TLabel : unmanaged, Enum
{
    /// <inheritdoc/>
    public override void Read(int item, in GpuFrame frame, List<YoloOrientedDetection<TLabel>> result, ResultBuffer? buffer)
    {
        var count = Results.CountOf(item);
        result.EnsureCapacity(count);
        for (var i = 0; i < count; i++)
        {
            ref readonly var one = ref Results[item, i];
            // An oriented box has its centre and size where others have their edges.
            var (x, y, width, height) = one.Box;
            var box = new OrientedBox(x, y, width, height, Results.AddedOf(item, i)[0]);
            result.Add(new(Labels.Of<TLabel>(one.Label), one.Label, one.Score, box));
        }
    }
}
