namespace TrtBindings.Vision.Gpu.Preprocessing;

/// <summary>
/// An antialiasing <see cref="TorchResizer"/> in kernels, or a <see cref="RoundedResizer"/>, which rounds its result to 8 bits.
/// </summary>
internal sealed class TorchAntialiasedGpuResizer(KernelSet kernels, ResizeFilter filter, bool rounds)
    : TwoPassGpuResizer(kernels, "torch", filter, rounds ? 1 : 0, 3 * sizeof(float))
{
    /// <inheritdoc/>
    protected override int TapsOf(int source, int target) => TorchAxis.TapsOf(source, target, Filter, antialiased: true);
}
