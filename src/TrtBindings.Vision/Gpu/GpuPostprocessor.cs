namespace TrtBindings.Vision.Gpu;

/// <summary>
/// Makes results from a model's outputs with kernels, the same as the family's CPU pipeline. One object serves one slot: one
/// run at a time. It owns its memory on the device, and pinned host memory that the kernels or a recorded download fill.
/// </summary>
/// <typeparam name="TResult">The result of one picture.</typeparam>
internal abstract class GpuPostprocessor<TResult> : IDisposable
{
    /// <summary>Says how long results are there that stay on the device; set by the slot.</summary>
    public DeviceLease? Lease { get; set; }

    /// <summary>
    /// Completes a frame that the preprocessor has described with what the kernels of this family read besides.
    /// </summary>
    public virtual void Describe(ref GpuFrame frame)
    {
    }

    /// <summary>Makes room for these frames before a run.</summary>
    /// <returns>True if addresses or sizes of launches changed, so that a recording is out of date.</returns>
    /// <exception cref="DeviceMemoryException">The GPU has too little free.</exception>
    public virtual bool Reserve(ReadOnlySpan<GpuFrame> frames) => false;

    /// <summary>
    /// Queues the kernels for a whole batch, and the download of what they found. Everything that differs between pictures comes
    /// from the frames and outputs on the device.
    /// </summary>
    public abstract void Queue(GpuQueue queue, in GpuHeads heads);

    /// <summary>
    /// Whether the run that has ended filled all results; false if there was too little room (more mask bytes than reserved).
    /// Then
    /// <see cref="Grow"/> makes room, and the kernels run again.
    /// </summary>
    public virtual bool IsComplete(int batch) => true;

    /// <summary>Makes the room that the last run lacked.</summary>
    public virtual void Grow(int batch)
    {
    }

    /// <summary>Reads the result of one picture from host memory after the run.</summary>
    /// <param name="item">Place of the picture in the batch.</param>
    /// <param name="frame">The picture.</param>
    /// <param name="result">Is empty.</param>
    /// <param name="buffer">Memory that the result may refer to; new memory if <see langword="null"/>.</param>
    /// <exception cref="TensorException">The model returned a class that its family does not have.</exception>
    public abstract void Read(int item, in GpuFrame frame, TResult result, ResultBuffer? buffer);

    /// <summary>Frees its memory. No run may use it.</summary>
    public abstract void Dispose();
}

/// <summary>A model's outputs on the device.</summary>
/// <param name="frames">Address of the frames on the device, one for each place of the batch.</param>
/// <param name="batch">Places in the batch.</param>
/// <param name="outputs">The outputs, in the model's order.</param>
/// <param name="shapes">Their shapes.</param>
internal readonly ref struct GpuHeads(nint frames, int batch, ReadOnlySpan<GpuOutput> outputs, GpuShapes shapes)
{
    public nint Frames { get; } = frames;

    public int Batch { get; } = batch;

    public ReadOnlySpan<GpuOutput> Outputs { get; } = outputs;

    public GpuShapes Shapes { get; } = shapes;
}

/// <summary>One output on the device.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Type">Type of its elements.</param>
internal readonly record struct GpuOutput(nint Address, ElementType Type)
{
    /// <summary>Whether the elements are 16-bit floats; otherwise 32-bit floats or integers.</summary>
    public bool IsHalf => Type == ElementType.Float16;
}
