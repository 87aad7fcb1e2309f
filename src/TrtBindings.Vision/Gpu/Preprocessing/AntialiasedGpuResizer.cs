namespace TrtBindings.Vision.Gpu.Preprocessing;

/// <summary><see cref="AntialiasedResizer"/> in kernels.</summary>
internal sealed class AntialiasedGpuResizer(KernelSet kernels, ResizeFilter filter, AntialiasedRule rule = AntialiasedRule.Pillow)
    : TwoPassGpuResizer(kernels, "antialiased", filter, (int)rule, sizeof(uint))
{
    private readonly AntialiasedRule _rule = rule;
    private readonly AntialiasedBits _columns = new(filter, rule);
    private readonly AntialiasedBits _rows = new(filter, rule);

    /// <summary>Whether the kernels have a filter; sines are not computed on the GPU.</summary>
    public static bool Has(ResizeFilter filter) => filter is ResizeFilter.Bilinear or ResizeFilter.Bicubic or ResizeFilter.Box;

    /// <inheritdoc/>
    public override void Describe(ref GpuFrame frame)
    {
        if (_rule == AntialiasedRule.Pillow) return;
        frame.Extra[3] = _columns.Of(frame.Width, frame.ScaledWidth) | (_rows.Of(frame.Height, frame.ScaledHeight) << 8);
    }

    /// <inheritdoc/>
    protected override int TapsOf(int source, int target) => new AntialiasedKernel(source, target, Filter, _rule).Room;

    /// <inheritdoc/>
    protected override bool ShrinksHeightFirst(in GpuFrame frame) =>
        AntialiasedResizer.ShrinksHeightFirst(_rule, frame.Width, frame.Height, frame.ScaledWidth, frame.ScaledHeight);
}
