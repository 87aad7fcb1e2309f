namespace TrtBindings.Vision.Engines;

/// <summary>The work on the GPU around a slot's run.</summary>
/// <typeparam name="TResult">The result of one picture.</typeparam>
internal sealed class SlotWork<TResult> : GpuWork
{
    private readonly GpuSlot<TResult> _slot;
    private bool _isRepeat;

    /// <param name="slot">What is queued.</param>
    public SlotWork(GpuSlot<TResult> slot) => (_slot, MeasuresTimes) = (slot, true);

    /// <summary>Tells that kernels would now be launched with other addresses or sizes.</summary>
    public void Renew() => Changed();

    /// <summary>
    /// Sets whether the next run only makes the results anew, from an input that is still there: the pictures may be gone.
    /// </summary>
    public void SetRepeat(bool isRepeat)
    {
        _isRepeat = isRepeat;
        Changed();
    }

    /// <inheritdoc/>
    protected override void Prepare(GpuQueue queue)
    {
        if (!_isRepeat) _slot.QueueUploads(queue);
    }

    /// <inheritdoc/>
    protected override void Before(GpuQueue queue)
    {
        if (!_isRepeat) _slot.QueuePreprocessing(queue);
    }

    /// <inheritdoc/>
    protected override void After(GpuQueue queue, GpuShapes outputs) => _slot.QueuePostprocessing(queue, outputs);

    /// <inheritdoc/>
    protected override void Complete(GpuQueue queue)
    {
        if (!_isRepeat) _slot.QueueRelease(queue);
    }
}
