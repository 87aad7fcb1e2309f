namespace TrtBindings.Vision.Gpu.Preprocessing;

/// <summary>A resize without a kernel: the processor prepares pictures, and frames say where they lie in the input.</summary>
/// <param name="reason">Why there is none.</param>
internal sealed class MissingGpuResizer(string reason) : GpuResizer
{
    /// <inheritdoc/>
    public override void Queue(GpuQueue queue, in GpuTarget target, in InputEncoding encoding) =>
        throw new NotSupportedException(reason);
}
