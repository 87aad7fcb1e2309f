using TrtBindings.Vision.Gpu.Preprocessing;

namespace TrtBindings.Vision.Engines;

/// <summary>What <see cref="ResizedInput"/> does: an <see cref="ImagePreprocessing"/> of a crop or of a letterbox.</summary>
/// <param name="kernels">The kernels.</param>
/// <param name="preprocessing">Where <see cref="WhyNot"/> has a reason, frames can be described, and nothing is queued.</param>
/// <param name="encoding">The encoding.</param>
internal abstract class ImageGpuPreprocessor(KernelSet kernels, ImagePreprocessing preprocessing, InputEncoding encoding)
    : ResizePreprocessor(ResizerOf(kernels, preprocessing), encoding)
{
    /// <summary>Why kernels cannot do this; <see langword="null"/> if they can.</summary>
    public static string? WhyNot(ImagePreprocessing preprocessing)
    {
        var filter = preprocessing.Filter;
        var has = preprocessing.Resizer switch
        {
            ImageResizer.OpenCv => filter == ResizeFilter.Bilinear,
            ImageResizer.Torch => TorchGpuResizer.Has(filter),
            _ => AntialiasedGpuResizer.Has(filter),
        };
        return has ? null : $"the resizer {preprocessing.Resizer} with the filter {filter} has no kernel; the presets' filters, "
            + $"{ResizeFilter.Bilinear} and for most resizers {ResizeFilter.Bicubic}, have one";
    }

    private static GpuResizer ResizerOf(KernelSet kernels, ImagePreprocessing preprocessing)
    {
        if (WhyNot(preprocessing) is { } reason) return new MissingGpuResizer(reason);
        var filter = preprocessing.Filter;
        return preprocessing.Resizer switch
        {
            ImageResizer.OpenCv => new LinearGpuResizer(kernels),
            ImageResizer.Torch => new TorchGpuResizer(kernels, filter),
            ImageResizer.TorchAntialiased => new TorchAntialiasedGpuResizer(kernels, filter, rounds: false),
            ImageResizer.Torchvision => new TorchAntialiasedGpuResizer(kernels, filter, rounds: true),
            ImageResizer.TorchvisionV2 => new AntialiasedGpuResizer(kernels, filter, AntialiasedRule.TorchvisionV2),
            ImageResizer.TorchvisionV2Aliased => new AntialiasedGpuResizer(kernels, filter, AntialiasedRule.TorchvisionV2Aliased),
            _ => new AntialiasedGpuResizer(kernels, filter),
        };
    }
}
