using TrtBindings.Vision.Engines;
using TrtBindings.Vision.Imaging;

namespace TrtBindings.Vision;

/// <summary>
/// How a picture becomes a classification model's input: resized with antialiasing as Pillow does it, the middle cut out,
/// then (value / 255 - <see cref="Mean"/>) / <see cref="Deviation"/>, red before green before blue. A model of one channel
/// gets brightness (Pillow's mode L), made before the resize.
/// </summary>
/// <remarks>
/// No graph says how its pictures were prepared, and a wrong guess costs accuracy without an error. The model's card says it:
/// take a preset, change it with <c>with</c>, or give everything.
/// </remarks>
public sealed record ClassificationPreprocessing
{
    private static readonly ChannelValues ImageNetMean = new(0.485f, 0.456f, 0.406f);
    private static readonly ChannelValues ImageNetDeviation = new(0.229f, 0.224f, 0.225f);

    /// <summary>
    /// torchvision's <c>ImageClassification</c> transform at its defaults, which most of its weights use: shorter side 256,
    /// bilinear, ImageNet's mean and deviation. Weights with other numbers in their <c>transforms()</c> take them with
    /// <c>with</c>, for example <c>Torchvision with { ShortSide = 384, Filter = ResizeFilter.Bicubic }</c>.
    /// </summary>
    public static ClassificationPreprocessing Torchvision { get; } = new()
    {
        ShortSide = 256,
        Mean = ImageNetMean,
        Deviation = ImageNetDeviation,
    };

    /// <summary>
    /// timm's evaluation transform as its Vision Transformers use it (<c>vit_base_patch16_224</c>): the crop is 0.9 of the
    /// shorter side, bicubic, mean and deviation 0.5. Models with other numbers in their <c>pretrained_cfg</c>
    /// (<c>crop_pct</c>, <c>interpolation</c>, <c>mean</c>, <c>std</c>) take them with <c>with</c>.
    /// </summary>
    public static ClassificationPreprocessing Timm { get; } = new()
    {
        CropFraction = 0.9,
        Filter = ResizeFilter.Bicubic,
        Mean = ChannelValues.All(0.5f),
        Deviation = ChannelValues.All(0.5f),
    };

    /// <summary>
    /// Ultralytics' <c>-cls</c> models: shorter side as long as the crop, bilinear, 0 to 1. An input that is not square gets
    /// the whole picture, its aspect not kept.
    /// </summary>
    public static ClassificationPreprocessing Ultralytics { get; } = new() { StretchesToOblong = true };

    /// <summary>ImageNet's mean and deviation on values in 0 to 1, for <c>with</c>.</summary>
    public static (ChannelValues Mean, ChannelValues Deviation) ImageNet => (ImageNetMean, ImageNetDeviation);

    /// <summary>
    /// Length that the picture's shorter side is resized to, at least the crop's; <see langword="null"/> to go by
    /// <see cref="CropFraction"/>. The longer side becomes int(ShortSide * long / short).
    /// </summary>
    public int? ShortSide { get; init; }

    /// <summary>
    /// Without <see cref="ShortSide"/>: the crop as a part of the resized picture's shorter side, which becomes
    /// floor(crop / CropFraction); above 0, at most 1. For a crop that is not square the picture is made just large enough to
    /// cover both sides divided by this.
    /// </summary>
    public double CropFraction { get; init; } = 1;

    /// <summary>How pixels are weighed.</summary>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bilinear;

    /// <summary>What is taken off values in 0 to 1.</summary>
    public ChannelValues Mean { get; init; } = ChannelValues.All(0);

    /// <summary>What they are divided by then; not 0.</summary>
    public ChannelValues Deviation { get; init; } = ChannelValues.All(1);

    /// <summary>Whether the model's first channel is blue.</summary>
    public bool IsBgr { get; init; }

    /// <summary>Whether a model whose input is not square gets the whole picture stretched to it.</summary>
    public bool StretchesToOblong { get; init; }

    /// <summary>How values become numbers.</summary>
    internal PixelEncoding Encoding => new(255, Mean, Deviation, IsBgr);

    /// <summary>Where a picture lies in an input.</summary>
    internal CropGeometry Crop(int imageWidth, int imageHeight, int width, int height)
    {
        if (width != height && StretchesToOblong) return CropGeometry.Stretched(width, height);
        if (ShortSide is { } side) return CropGeometry.OfShortSide(imageWidth, imageHeight, side, width, height);
        var (wide, high) = ((int)Math.Floor(width / CropFraction), (int)Math.Floor(height / CropFraction));
        if (wide == high) return CropGeometry.OfShortSide(imageWidth, imageHeight, wide, width, height);
        var ratio = Math.Min(imageWidth / (double)wide, imageHeight / (double)high);
        return CropGeometry.Centred(
            (int)Math.Round(imageWidth / ratio), (int)Math.Round(imageHeight / ratio), width, height);
    }

    /// <exception cref="ArgumentOutOfRangeException">Names what is wrong.</exception>
    internal void Validate(int width, int height)
    {
        OptionCheck.Defined(Filter, nameof(Filter));
        if (!(CropFraction is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(CropFraction), CropFraction, "CropFraction must be above 0, at most 1.");
        if (Deviation.Red * Deviation.Green * Deviation.Blue == 0)
            throw new ArgumentOutOfRangeException(nameof(Deviation), Deviation, "Deviation must not be 0.");
        if (ShortSide is { } side && side < Math.Max(width, height) && !(width != height && StretchesToOblong))
        {
            throw new ArgumentOutOfRangeException(nameof(ShortSide), side,
                $"ShortSide must be at least the model's input, which is {width} x {height}.");
        }
    }
}
