namespace TrtBindings.Vision.Gpu.Preprocessing;

/// <summary><see cref="LinearResizer"/> in one kernel, without memory of its own.</summary>
internal sealed class LinearGpuResizer(KernelSet kernels) : GpuResizer
{
    /// <summary>Rows of a block; native/kernels/linear.cu has the same number.</summary>
    private const int Rows = 8;

    private readonly GpuKernel _resize = kernels["resizeLinear"];

    /// <inheritdoc/>
    public override void Queue(GpuQueue queue, in GpuTarget target, in InputEncoding encoding) => queue.Launch(
        _resize, new(GpuGrid.Blocks(target.Width, Threads), GpuGrid.Blocks(target.Height, Rows), target.Batch), Threads,
        new ResizeTarget(target, encoding));
}
