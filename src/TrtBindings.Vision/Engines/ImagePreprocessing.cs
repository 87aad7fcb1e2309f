namespace TrtBindings.Vision;

/// <summary>
/// How images are prepared for a model whose graph does not say it: resized as the library does it that the model was trained
/// with, then (value / 255 - <see cref="Mean"/>) / <see cref="Deviation"/>, red before green before blue. A model of one channel
/// gets brightness (Pillow's mode L), computed before the resize.
/// </summary>
/// <remarks>
/// Wrong numbers cost accuracy without any error, so there is no default: the model's card has them. Start from a preset and
/// change it with <c>with</c>, or set everything. Presets are shared, so values are set only when an object is made.
/// </remarks>
public abstract record ImagePreprocessing
{
    private protected ImagePreprocessing()
    {
    }

    /// <summary>ImageNet's mean and deviation of values in 0 to 1.</summary>
    public static (ChannelValues Mean, ChannelValues Deviation) ImageNet { get; } =
        (new(0.485f, 0.456f, 0.406f), new(0.229f, 0.224f, 0.225f));

    /// <summary>The library whose resize is used.</summary>
    public ImageResizer Resizer { get; init; } = ImageResizer.Pillow;

    /// <summary>Filter of the resize; one that <see cref="Resizer"/> has.</summary>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bilinear;

    /// <summary>How 8-bit values become the model's numbers.</summary>
    public ValueScaling Scaling { get; init; } = ValueScaling.Divided;

    /// <summary>For <see cref="ValueScaling.Blob"/>: <c>blobFromImage</c>'s scalefactor; not 0.</summary>
    public float BlobScale { get; init; } = 1;

    /// <summary>Subtracted from values in 0 to 1, or in 0 to 255 for <see cref="ValueScaling.Blob"/>.</summary>
    public ChannelValues Mean { get; init; } = ChannelValues.All(0);

    /// <summary>Divisor after the subtraction; not 0.</summary>
    public ChannelValues Deviation { get; init; } = ChannelValues.All(1);

    /// <summary>Whether the model's first channel is blue.</summary>
    public bool IsBgr { get; init; }

    /// <summary>The encoding of the model's input.</summary>
    internal PixelEncoding Encoding => Scaling switch
    {
        ValueScaling.Blob => new(1, Mean, ChannelValues.All(1), IsBgr, Factor: BlobScale),
        ValueScaling.Multiplied => new(255, Mean, Deviation, IsBgr, Reciprocal: 1f / 255),
        _ => new(255, Mean, Deviation, IsBgr),
    };

    /// <summary>Makes the resizer; <see langword="null"/> if it gives floats.</summary>
    internal PixelResizer? PixelResizer() => (Resizer, Filter) switch
    {
        (ImageResizer.Torch or ImageResizer.TorchAntialiased, _) => null,
        (ImageResizer.OpenCv, ResizeFilter.Nearest) => new NearestResizer(NearestRule.OpenCv),
        (ImageResizer.OpenCv, ResizeFilter.NearestExact) => new NearestResizer(NearestRule.OpenCvExact),
        (ImageResizer.OpenCv, ResizeFilter.Bicubic) => new CubicResizer(),
        (ImageResizer.OpenCv, ResizeFilter.Area) => new AreaResizer(),
        (ImageResizer.OpenCv, _) => new LinearResizer(),
        (ImageResizer.Pillow, ResizeFilter.Nearest) => new NearestResizer(NearestRule.RunningSum),
        (ImageResizer.Pillow, _) => new AntialiasedResizer(Filter),
        (_, ResizeFilter.Nearest) => new NearestResizer(NearestRule.Torch),
        (_, ResizeFilter.NearestExact) => new NearestResizer(NearestRule.TorchExact),
        (ImageResizer.TorchvisionV2, _) => new AntialiasedResizer(Filter, AntialiasedRule.TorchvisionV2),
        (ImageResizer.TorchvisionV2Aliased, _) => new AntialiasedResizer(Filter, AntialiasedRule.TorchvisionV2Aliased),
        _ => new RoundedResizer(Filter),
    };

    /// <summary>Makes the resizer of floats; <see langword="null"/> if it gives 8 bits.</summary>
    internal FloatResizer? FloatResizer() => Resizer is ImageResizer.Torch or ImageResizer.TorchAntialiased
        ? Imaging.FloatResizer.Of(Filter, Resizer == ImageResizer.TorchAntialiased) : null;

    /// <exception cref="ArgumentOutOfRangeException">Names the value and its range.</exception>
    private protected void ValidateEncoding()
    {
        OptionCheck.Defined(Resizer, nameof(Resizer));
        OptionCheck.Defined(Filter, nameof(Filter));
        OptionCheck.Defined(Scaling, nameof(Scaling));
        var filters = FiltersOf(Resizer);
        if (!filters.Contains(Filter))
        {
            throw new ArgumentOutOfRangeException(nameof(Filter), Filter,
                $"The resizer {Resizer} has no filter {Filter}; it has {string.Join(", ", filters.ToArray())}.");
        }

        if (Deviation.Red * Deviation.Green * Deviation.Blue == 0)
            throw new ArgumentOutOfRangeException(nameof(Deviation), Deviation, "Deviation must not be 0.");
        if (!float.IsFinite(BlobScale) || BlobScale == 0)
            throw new ArgumentOutOfRangeException(nameof(BlobScale), BlobScale, "BlobScale must be a finite number, not 0.");
    }

    private static ReadOnlySpan<ResizeFilter> FiltersOf(ImageResizer resizer) => resizer switch
    {
        ImageResizer.Pillow =>
        [
            ResizeFilter.Bilinear, ResizeFilter.Bicubic, ResizeFilter.Nearest, ResizeFilter.Box, ResizeFilter.Hamming,
            ResizeFilter.Lanczos,
        ],
        ImageResizer.OpenCv or ImageResizer.Torch =>
        [
            ResizeFilter.Bilinear, ResizeFilter.Bicubic, ResizeFilter.Nearest, ResizeFilter.NearestExact, ResizeFilter.Area,
        ],
        ImageResizer.TorchvisionV2 =>
        [
            ResizeFilter.Bilinear, ResizeFilter.Bicubic, ResizeFilter.Nearest, ResizeFilter.NearestExact,
        ],
        _ => [ResizeFilter.Bilinear, ResizeFilter.Bicubic],
    };
}
