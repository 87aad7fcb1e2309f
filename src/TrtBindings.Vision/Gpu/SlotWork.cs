namespace TrtBindings.Vision.Gpu;

/// <summary>The work on the GPU around a slot's run.</summary>
/// <typeparam name="TResult">The result of one picture.</typeparam>
internal sealed class SlotWork<TResult>(GpuSlot<TResult> slot) : GpuWork
{
    private bool _isRepeat;

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
        if (!_isRepeat) slot.QueueUploads(queue);
    }

    /// <inheritdoc/>
    protected override void Before(GpuQueue queue)
    {
        if (!_isRepeat) slot.QueuePreprocessing(queue);
    }

    /// <inheritdoc/>
    protected override void After(GpuQueue queue, GpuShapes outputs) => slot.QueuePostprocessing(queue, outputs);

    /// <inheritdoc/>
    protected override void Complete(GpuQueue queue)
    {
        if (!_isRepeat) slot.QueueRelease(queue);
    }
}
