using TrtBindings.Vision.Gpu.Preprocessing;


namespace TrtBindings.Vision.MaskRcnn;

/// <summary>
/// What <see cref="MaskRcnnPreprocessor"/> does. The frame's first two factors are those from a box's x and y to pixels of the
/// image, <see cref="MaskRcnnGeometry.ScaleX"/> and <see cref="MaskRcnnGeometry.ScaleY"/>.
/// </summary>
/// <param name="kernels">The kernels.</param>
/// <param name="form">The exporter's conventions.</param>
/// <param name="geometryOf">The geometry of a picture of a width and a height.</param>
internal sealed class MaskRcnnGpuPreprocessor(KernelSet kernels, MaskRcnnForm form, Func<int, int, MaskRcnnGeometry> geometryOf)
    : ResizePreprocessor(ResizerOf(kernels, form), EncodingOf(form))
{
    /// <inheritdoc/>
    protected override void Place(ref GpuFrame frame)
    {
        var geometry = geometryOf(frame.Width, frame.Height);
        Set(ref frame, geometry.Placement, 1 / geometry.ScaleX, 1 / geometry.ScaleY);
        (frame.Factors[0], frame.Factors[1]) = (geometry.ScaleX, geometry.ScaleY);
    }

    private static GpuResizer ResizerOf(KernelSet kernels, MaskRcnnForm form) => form switch
    {
        // The size is the same, so this only encodes.
        MaskRcnnForm.Torchvision => new LinearGpuResizer(kernels),
        MaskRcnnForm.FixedSlots => new TorchGpuResizer(kernels, ResizeFilter.Bilinear),
        _ => new AntialiasedGpuResizer(kernels, ResizeFilter.Bilinear),
    };

    private static InputEncoding EncodingOf(MaskRcnnForm form)
    {
        var cpu = new MaskRcnnPreprocessor(form);
        return new(cpu.Encoding, cpu.Filler, 0);
    }
}
