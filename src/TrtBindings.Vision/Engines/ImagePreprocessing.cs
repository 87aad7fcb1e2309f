namespace TrtBindings.Vision;

/// <summary>
/// How images are prepared for a model whose graph does not say it: resized with antialiasing as Pillow does it, then
/// (value / 255 - <see cref="Mean"/>) / <see cref="Deviation"/>, red before green before blue. A model of one channel gets
/// brightness (Pillow's mode L), computed before the resize.
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

    /// <summary>Filter of the resize.</summary>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bilinear;

    /// <summary>Subtracted from values in 0 to 1.</summary>
    public ChannelValues Mean { get; init; } = ChannelValues.All(0);

    /// <summary>Divisor after the subtraction; not 0.</summary>
    public ChannelValues Deviation { get; init; } = ChannelValues.All(1);

    /// <summary>Whether the model's first channel is blue.</summary>
    public bool IsBgr { get; init; }

    /// <summary>The encoding of the model's input.</summary>
    internal PixelEncoding Encoding => new(255, Mean, Deviation, IsBgr);

    /// <exception cref="ArgumentOutOfRangeException">Names the value and its range.</exception>
    private protected void ValidateEncoding()
    {
        OptionCheck.Defined(Filter, nameof(Filter));
        if (Deviation.Red * Deviation.Green * Deviation.Blue == 0)
            throw new ArgumentOutOfRangeException(nameof(Deviation), Deviation, "Deviation must not be 0.");
    }
}
