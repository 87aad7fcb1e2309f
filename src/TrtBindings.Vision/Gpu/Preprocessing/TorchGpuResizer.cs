namespace TrtBindings.Vision.Gpu.Preprocessing;

/// <summary>A <see cref="TorchResizer"/> without antialiasing in one kernel.</summary>
internal sealed class TorchGpuResizer(KernelSet kernels, ResizeFilter filter) : GpuResizer
{
    /// <summary>Rows of a block; native/kernels/torch.cu has the same number.</summary>
    private const int Rows = 4;

    private readonly GpuKernel _resize = kernels["torchResize"];

    /// <summary>Whether the kernels have a filter.</summary>
    public static bool Has(ResizeFilter filter) => filter is ResizeFilter.Bilinear or ResizeFilter.Bicubic;

    /// <inheritdoc/>
    public override void Queue(GpuQueue queue, in GpuTarget target, in InputEncoding encoding) => queue.Launch(
        _resize, new(GpuGrid.Blocks(target.Width, Threads), GpuGrid.Blocks(target.Height, Rows), target.Batch), Threads,
        new PassArguments(new(target, encoding), filter, Rule: 0));
}
