namespace TrtBindings.TensorRT.Running;

/// <summary>A wait for a lane. Each binding has one and uses it for every wait, so that waiting allocates nothing.</summary>
internal sealed class LaneWaiter
{
    public LaneWaiter() => Node = new(this);

    /// <summary>Its node in the queue.</summary>
    public LinkedListNode<LaneWaiter> Node { get; }

    /// <summary>Released once when <see cref="Lane"/> is set.</summary>
    public SemaphoreSlim Signal { get; } = new(0);

    /// <summary>The lane that was handed over; <see langword="null"/> to try again.</summary>
    public Lane? Lane { get; set; }
}
