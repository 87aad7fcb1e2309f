namespace TrtBindings.Vision.Gpu.Preprocessing;

/// <summary><see cref="LinearResizer"/> in one kernel, without memory of its own.</summary>
internal sealed class LinearGpuResizer(KernelSet kernels) : GpuResizer
{
    /// <summary>Rows of a block; native/kernels/linear.cu has the same number.</summary>
    private const int Rows = 8;

    private readonly GpuKernel _resize = kernels["resizeLinear"];
    private readonly SourceRows _rows = new();

    /// <summary>Divides once for each picture; each thread of the kernel would otherwise, in double precision.</summary>
    /// <inheritdoc/>
    public override void Describe(ref GpuFrame frame)
    {
        // Of a crop: the factor that OpenCV's resize was given in place of a size.
        var factor = frame.Factors[3];
        frame.Steps[0] = factor > 0 ? 1 / (double)factor : LinearWeights.Step(frame.Width, frame.ScaledWidth);
        frame.Steps[1] = factor > 0 ? 1 / (double)factor : LinearWeights.Step(frame.Height, frame.ScaledHeight);
    }

    /// <inheritdoc/>
    public override RowRun[]? RowsOf(in GpuFrame frame) => _rows.Of(frame);

    /// <inheritdoc/>
    public override void Queue(GpuQueue queue, in GpuTarget target, in InputEncoding encoding) => queue.Launch(
        _resize, new(GpuGrid.Blocks(target.Width, Threads), GpuGrid.Blocks(target.Height, Rows), target.Batch), Threads,
        new ResizeTarget(target, encoding));
}
