namespace TrtBindings.Vision.Yolo;

/// <summary>Makes the results of a <see cref="YoloSegEngine{TLabel}"/> with kernels.</summary>
/// <param name="kernels">The kernels.</param>
/// <param name="options">The engine's options.</param>
/// <param name="form">Form of output 0.</param>
/// <param name="labels">The model's labels.</param>
/// <param name="staysOnDevice">Whether masks are not copied to the host; then objects have a <see cref="DeviceMask"/>.</param>
internal sealed class GpuYoloInstances<TLabel>(
    KernelSet kernels, YoloSegOptions options, YoloForm form, ClassLabels labels, bool staysOnDevice = false)
    : GpuYoloPostprocessor<InstanceDetection<TLabel>>(kernels, options, form, labels)
    where TLabel : unmanaged, Enum
{
    private readonly GpuYoloMasks? _masks = options.MaskSpace == MaskSpace.None ? null
        : new(kernels, options.MaskSpace == MaskSpace.Model, staysOnDevice);

    /// <inheritdoc/>
    public override bool Reserve(ReadOnlySpan<GpuFrame> frames) => _masks?.Reserve(frames) ?? false;

    /// <inheritdoc/>
    public override bool IsComplete(int batch) => base.IsComplete(batch) && _masks?.IsComplete != false;

    /// <inheritdoc/>
    public override void Grow(int batch)
    {
        // A run without room for the head says nothing about masks.
        if (base.IsComplete(batch)) _masks?.Grow();
        else base.Grow(batch);
    }

    /// <inheritdoc/>
    public override void Read(int item, in GpuFrame frame, List<InstanceDetection<TLabel>> result, ResultBuffer? buffer)
    {
        var count = Results.CountOf(item);
        result.EnsureCapacity(count);
        for (var i = 0; i < count; i++)
        {
            ref readonly var one = ref Results[item, i];
            var label = Labels.Of<TLabel>(one.Label);
            // Finds without a pixel are dropped, as on the CPU.
            if (_masks is not null && one.Area == 0) continue;
            var mask = _masks is null || staysOnDevice ? null : _masks.Read(one, frame, (MaskBuffer?)buffer);
            result.Add(new(label, one.Label, one.Score, one.Box, mask)
            {
                DeviceMask = _masks is not null && staysOnDevice ? _masks.OnDevice(one, frame, Lease) : null,
            });
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _masks?.Dispose();
    }

    /// <inheritdoc/>
    protected override bool MakesRecords => _masks is not null;

    /// <inheritdoc/>
    protected override int OthersOf(in GpuHeads heads)
    {
        var shape = heads.Shapes[1];
        if (shape.Length != 4 || shape[0] != heads.Batch || shape[1] < 1 || shape[2] < 1 || shape[3] < 1)
            throw Labels.Unexpected(1, shape, heads.Batch, "must be [batch, masks, height / 4, width / 4]");
        return (int)shape[1];
    }

    /// <inheritdoc/>
    protected override void NeedMore(GpuGrowth growth, int batch, int most, int others) =>
        _masks?.Need(growth, batch, most);

    /// <inheritdoc/>
    protected override void QueueMore(GpuQueue queue, in GpuHeads heads, in GpuYoloHead head) =>
        _masks?.Queue(queue, heads, head, Finder, Results);
}
