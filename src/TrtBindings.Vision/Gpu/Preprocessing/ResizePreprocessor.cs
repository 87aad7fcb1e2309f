namespace TrtBindings.Vision.Gpu.Preprocessing;

/// <summary>Preprocessing that is a resize and an encoding; a family says where a picture lies in the input.</summary>
/// <param name="resizer">The resize, which is disposed with this object.</param>
/// <param name="encoding">The encoding.</param>
internal abstract class ResizePreprocessor(GpuResizer resizer, InputEncoding encoding) : GpuPreprocessor
{
    /// <inheritdoc/>
    public sealed override void Describe(ref GpuFrame frame)
    {
        Place(ref frame);
        resizer.Describe(ref frame);
    }

    /// <inheritdoc/>
    public sealed override RowRun[]? RowsOf(in GpuFrame frame) => resizer.RowsOf(frame);

    /// <inheritdoc/>
    public sealed override bool Reserve(ReadOnlySpan<GpuFrame> frames) => resizer.Reserve(frames);

    /// <inheritdoc/>
    public sealed override void Queue(GpuQueue queue, in GpuTarget target) => resizer.Queue(queue, target, encoding);

    /// <inheritdoc/>
    public sealed override void Dispose() => resizer.Dispose();

    /// <summary>Works out the size of the input, and the size and place of the scaled picture in it.</summary>
    /// <exception cref="ImageException">The picture is too extreme in shape.</exception>
    protected abstract void Place(ref GpuFrame frame);

    /// <summary>Writes a place into a frame, and the gain of each axis.</summary>
    protected static void Set(ref GpuFrame frame, in InputPlacement placement, float gainX, float gainY)
    {
        (frame.InputWidth, frame.InputHeight) = (placement.InputWidth, placement.InputHeight);
        (frame.ScaledWidth, frame.ScaledHeight) = (placement.Width, placement.Height);
        (frame.Left, frame.Top, frame.GainX, frame.GainY) = (placement.Left, placement.Top, gainX, gainY);
    }

    /// <summary>Writes a crop into a frame.</summary>
    protected static void Set(ref GpuFrame frame, in CropGeometry crop)
    {
        (frame.InputWidth, frame.InputHeight) = (crop.Width, crop.Height);
        (frame.ScaledWidth, frame.ScaledHeight) = (crop.ResizedWidth, crop.ResizedHeight);
        (frame.Left, frame.Top) = (-crop.Left, -crop.Top);
        (frame.GainX, frame.GainY) = ((float)(crop.ResizedWidth / (double)frame.Width),
            (float)(crop.ResizedHeight / (double)frame.Height));
        // A factor of OpenCV's blobs is in single precision, so nothing is lost.
        frame.Factors[3] = (float)crop.Factor;
    }
}
