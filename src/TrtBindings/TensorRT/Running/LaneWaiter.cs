namespace TrtBindings.TensorRT.Running;

/// <summary>Who waits for a lane: one for each binding, used again for each wait, so that waiting allocates nothing.</summary>
internal sealed class LaneWaiter
{
    public LaneWaiter() => Node = new(this);

    /// <summary>Its place in the queue.</summary>
    public LinkedListNode<LaneWaiter> Node { get; }

    /// <summary>Released once when <see cref="Lane"/> is set.</summary>
    public SemaphoreSlim Signal { get; } = new(0);

    /// <summary>The lane that was handed over; <see langword="null"/> for an invitation to make one.</summary>
    public Lane? Lane { get; set; }
}
