namespace TrtBindings.Vision;

/// <summary>
/// When the pixels of a <see cref="GpuImage"/> may be read, and how their producer learns that they were: without both, a decoder
/// overwrites a picture that is still read. There is no default.
/// </summary>
/// <remarks>
/// The engine reads the pixels in the first kernels of a run. A run is one CUDA graph where it can be, and an event is recorded
/// when the graph has ended; so the producer may write as soon as the results are made, not earlier.
/// </remarks>
public readonly struct GpuImageOrder
{
    private readonly bool _isSynchronous;

    private GpuImageOrder(bool isSynchronous, GpuEvent? ready, GpuEvent? released, GpuQueue? producer)
    {
        _isSynchronous = isSynchronous;
        (Ready, Released, Producer) = (ready, released, producer);
    }

    /// <summary>
    /// Without events: the pixels are there when the call is made, and the producer writes again after the call has returned, or
    /// after the task of an asynchronous call is complete.
    /// </summary>
    public static GpuImageOrder Synchronous { get; } = new(true, null, null, null);

    internal bool IsSet => _isSynchronous || Ready is not null || Producer is not null;

    internal GpuEvent? Ready { get; }

    internal GpuEvent? Released { get; }

    internal GpuQueue? Producer { get; }

    /// <summary>With events of the application.</summary>
    /// <param name="ready">Recorded by the producer before the call: the pixels are read after it.</param>
    /// <param name="released">
    /// Recorded by the engine before the call returns, asynchronous calls too: the producer waits for it before it writes again.
    /// Pictures in flight at one time have an event each.
    /// </param>
    public static GpuImageOrder After(GpuEvent ready, GpuEvent released)
    {
        ArgumentNullException.ThrowIfNull(ready);
        ArgumentNullException.ThrowIfNull(released);
        return new(false, ready, released, null);
    }

    /// <summary>
    /// On the stream that the producer writes on: the pixels are read after what is queued there when the call is made, and
    /// what is queued there after the call has returned waits until they were read.
    /// </summary>
    /// <param name="producer">The stream, wrapped once with <see cref="ModelGpu.WrapStream"/>.</param>
    public static GpuImageOrder OnStream(GpuQueue producer)
    {
        ArgumentNullException.ThrowIfNull(producer);
        return new(false, null, null, producer);
    }
}
