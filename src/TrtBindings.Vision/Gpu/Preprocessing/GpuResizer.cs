namespace TrtBindings.Vision.Gpu.Preprocessing;

/// <summary>
/// Resizes the pictures of a batch into a model's input with kernels, to the bits of one of the CPU's resizers. Frames say where
/// a picture lies in the input: scaled to a size, at a place, which is negative where the input is a crop of it.
/// </summary>
internal abstract class GpuResizer : IDisposable
{
    /// <summary>Threads of a block, in x.</summary>
    protected const int Threads = 128;

    /// <summary>Writes into a frame what the resize needs beside its geometry.</summary>
    /// <param name="frame">Has its geometry.</param>
    public virtual void Describe(ref GpuFrame frame)
    {
    }

    /// <inheritdoc cref="GpuPreprocessor.RowsOf"/>
    public virtual RowRun[]? RowsOf(in GpuFrame frame) => null;

    /// <inheritdoc cref="GpuPreprocessor.Reserve"/>
    public virtual bool Reserve(ReadOnlySpan<GpuFrame> frames) => false;

    /// <inheritdoc cref="GpuPreprocessor.Queue"/>
    public abstract void Queue(GpuQueue queue, in GpuTarget target, in InputEncoding encoding);

    /// <summary>Frees its memory. No run may use it.</summary>
    public virtual void Dispose()
    {
    }
}
