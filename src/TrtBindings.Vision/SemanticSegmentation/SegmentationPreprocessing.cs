using TrtBindings.Vision.Engines;
using TrtBindings.Vision.Imaging;

namespace TrtBindings.Vision;

/// <summary>
/// How a picture becomes a segmentation model's input: resized with antialiasing as Pillow does it, then
/// (value / 255 - <see cref="Mean"/>) / <see cref="Deviation"/>, red before green before blue. A model of one channel gets
/// brightness (Pillow's mode L), made before the resize. The whole picture is kept; its aspect is where the model's size is
/// open and <see cref="ShortSide"/> is given.
/// </summary>
public sealed record SegmentationPreprocessing
{
    /// <summary>
    /// torchvision's <c>SemanticSegmentation</c> transform: shorter side 520, bilinear, ImageNet's mean and deviation.
    /// </summary>
    public static SegmentationPreprocessing Torchvision { get; } = new()
    {
        ShortSide = 520,
        Mean = ClassificationPreprocessing.ImageNet.Mean,
        Deviation = ClassificationPreprocessing.ImageNet.Deviation,
    };

    /// <summary>The whole picture at the model's size, bilinear, 0 to 1.</summary>
    public static SegmentationPreprocessing UnitRange { get; } = new();

    /// <summary>
    /// For a model that leaves its size open: length of the picture's shorter side; the longer becomes int(ShortSide * long /
    /// short). A model of a fixed size takes the picture at that size.
    /// </summary>
    public int? ShortSide { get; init; }

    /// <summary>With <see cref="ShortSide"/>: sides are rounded to the nearest multiple of this, at least one of them.</summary>
    public int Multiple { get; init; } = 1;

    /// <summary>How pixels are weighed.</summary>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bilinear;

    /// <summary>What is taken off values in 0 to 1.</summary>
    public ChannelValues Mean { get; init; } = ChannelValues.All(0);

    /// <summary>What they are divided by then; not 0.</summary>
    public ChannelValues Deviation { get; init; } = ChannelValues.All(1);

    /// <summary>Whether the model's first channel is blue.</summary>
    public bool IsBgr { get; init; }

    /// <summary>How values become numbers.</summary>
    internal PixelEncoding Encoding => new(255, Mean, Deviation, IsBgr);

    /// <summary>The size that a picture gets.</summary>
    internal (int Width, int Height) SizeOf(int imageWidth, int imageHeight, ImageInput input, bool isSizeChosen)
    {
        if (ShortSide is not { } side || isSizeChosen || !input.IsWidthOpen || !input.IsHeightOpen)
            return (input.Width, input.Height);
        var crop = CropGeometry.OfShortSide(imageWidth, imageHeight, side, 1, 1);
        return (Rounded(crop.ResizedWidth), Rounded(crop.ResizedHeight));
    }

    /// <exception cref="ArgumentOutOfRangeException">Names what is wrong.</exception>
    internal void Validate()
    {
        OptionCheck.Defined(Filter, nameof(Filter));
        OptionCheck.Positive(ShortSide, nameof(ShortSide));
        OptionCheck.Positive(Multiple, nameof(Multiple));
        if (Deviation.Red * Deviation.Green * Deviation.Blue == 0)
            throw new ArgumentOutOfRangeException(nameof(Deviation), Deviation, "Deviation must not be 0.");
    }

    private int Rounded(int side) => Multiple == 1 ? side
        : Math.Max((int)Math.Round(side / (double)Multiple), 1) * Multiple;
}
