namespace TrtBindings.Vision.Gpu;

/// <summary>
/// Writes pictures into a model's input with kernels, to the same bits as the family's CPU pipeline. One object serves one
/// slot: one run at a time.
/// </summary>
internal abstract class GpuPreprocessor : IDisposable
{
    /// <summary>
    /// Completes a frame whose source is set: the input's size, the scaled size and its place, the gains, and what the family
    /// adds.
    /// </summary>
    /// <param name="frame">Has planes, pitches, format, width and height.</param>
    /// <exception cref="ImageException">The picture is too extreme in shape.</exception>
    public abstract void Describe(ref GpuFrame frame);

    /// <summary>
    /// The rows of a picture of packed pixels that the kernels read; the pixels of others may be anything.
    /// </summary>
    /// <param name="frame">A frame that is described.</param>
    /// <returns><see langword="null"/> for all rows.</returns>
    public virtual RowRun[]? RowsOf(in GpuFrame frame) => null;

    /// <summary>Makes room for these frames.</summary>
    /// <returns>True if addresses or sizes of launches changed, so that a recording is out of date.</returns>
    /// <exception cref="DeviceMemoryException">The GPU has too little free.</exception>
    public virtual bool Reserve(ReadOnlySpan<GpuFrame> frames) => false;

    /// <summary>
    /// Queues the kernels for a whole batch. Everything that differs between pictures comes from the frames on the device;
    /// launches depend on the target and on what <see cref="Reserve"/> made only.
    /// </summary>
    public abstract void Queue(GpuQueue queue, in GpuTarget target);

    /// <summary>Frees its memory. No run may use it.</summary>
    public virtual void Dispose()
    {
    }
}

/// <summary>Where a preprocessor writes.</summary>
/// <param name="Frames">Address of the frames on the device, one for each place of the batch.</param>
/// <param name="Batch">Places in the batch.</param>
/// <param name="Input">Address of the model's input on the device.</param>
/// <param name="IsHalf">Whether the input's elements are 16-bit floats and not 32-bit ones.</param>
/// <param name="Channels">3, or 1 for brightness.</param>
/// <param name="IsChannelsLast">Whether the input is [batch, height, width, channels].</param>
/// <param name="Width">Width of the input.</param>
/// <param name="Height">Height of the input.</param>
internal readonly record struct GpuTarget(
    nint Frames, int Batch, nint Input, bool IsHalf, int Channels, bool IsChannelsLast, int Width, int Height);
