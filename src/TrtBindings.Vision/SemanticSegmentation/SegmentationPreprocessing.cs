namespace TrtBindings.Vision;

/// <summary>
/// How images are prepared for a segmentation model: the whole image is resized and encoded. The aspect ratio is kept only if
/// the model's size is dynamic and <see cref="ShortSide"/> is set. <see cref="ImagePreprocessing"/> says the rest.
/// </summary>
public sealed record SegmentationPreprocessing : ImagePreprocessing
{
    /// <summary>
    /// torchvision's <c>SemanticSegmentation</c> transform: shorter side 520, bilinear, ImageNet's mean and deviation.
    /// </summary>
    public static SegmentationPreprocessing Torchvision { get; } = new()
    {
        ShortSide = 520,
        Mean = ImageNet.Mean,
        Deviation = ImageNet.Deviation,
    };

    /// <summary>The image at the model's size, bilinear, values in 0 to 1.</summary>
    public static SegmentationPreprocessing UnitRange { get; } = new();

    /// <summary>
    /// For a model of a dynamic size: length in pixels of the image's shorter side; the longer side becomes
    /// int(ShortSide * long / short). Has no effect on a model of a fixed size.
    /// </summary>
    public int? ShortSide { get; init; }

    /// <summary>
    /// With <see cref="ShortSide"/>: both sides are rounded to the nearest multiple of this, and are at least one.
    /// </summary>
    public int Multiple { get; init; } = 1;

    /// <summary>The size of the input for an image.</summary>
    internal (int Width, int Height) SizeOf(int imageWidth, int imageHeight, int shortSide)
    {
        var crop = CropGeometry.OfShortSide(imageWidth, imageHeight, shortSide, 1, 1);
        return (Rounded(crop.ResizedWidth), Rounded(crop.ResizedHeight));
    }

    /// <exception cref="ArgumentOutOfRangeException">Names the value and its range.</exception>
    internal void Validate()
    {
        ValidateEncoding();
        OptionCheck.Positive(ShortSide, nameof(ShortSide));
        OptionCheck.Positive(Multiple, nameof(Multiple));
    }

    private int Rounded(int side) => Multiple == 1 ? side
        : Math.Max((int)Math.Round(side / (double)Multiple), 1) * Multiple;
}
