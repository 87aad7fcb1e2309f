namespace TrtBindings.Vision;

/// <summary>
/// How images are prepared for a segmentation model: the whole image is resized and encoded. The aspect ratio is kept only by
/// <see cref="Letterboxes"/>, or if the model's size is dynamic and <see cref="ShortSide"/> is set.
/// <see cref="ImagePreprocessing"/> says the rest.
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

    /// <summary>
    /// The same transform of a uint8 tensor in place of a PIL picture: torchvision's first API resizes it in floats and rounds.
    /// </summary>
    public static SegmentationPreprocessing TorchvisionTensor { get; } = Torchvision with { Resizer = ImageResizer.Torchvision };

    /// <summary>
    /// SegFormer's image processor in Hugging Face Transformers: the image at the model's size, Pillow's bilinear, ImageNet's
    /// mean and deviation.
    /// </summary>
    public static SegmentationPreprocessing SegFormer { get; } = new()
    {
        Mean = ImageNet.Mean,
        Deviation = ImageNet.Deviation,
    };

    /// <summary>
    /// The image at the model's size by OpenCV's INTER_LINEAR, values in 0 to 1: networks trained with <c>cv2.resize</c>.
    /// </summary>
    public static SegmentationPreprocessing OpenCv { get; } = new() { Resizer = ImageResizer.OpenCv };

    /// <summary>Ultralytics' <c>-sem</c> models: letterboxed by OpenCV's INTER_LINEAR, values in 0 to 1.</summary>
    public static SegmentationPreprocessing Ultralytics { get; } = OpenCv with { Letterboxes = true };

    /// <summary>The image at the model's size, Pillow's bilinear, values in 0 to 1.</summary>
    public static SegmentationPreprocessing UnitRange { get; } = new();

    /// <summary>OpenCV's <c>blobFromImage</c>: the whole image by INTER_LINEAR, then (value - mean) * scale.</summary>
    /// <param name="scale">scalefactor, for example 1 / 255f.</param>
    /// <param name="mean">mean for red, green and blue, in 0 to 255.</param>
    /// <param name="isBgr">Whether the model's first channel is blue, as without swapRB.</param>
    public static SegmentationPreprocessing OpenCvBlob(float scale, ChannelValues mean = default, bool isBgr = false) =>
        new()
        {
            Resizer = ImageResizer.OpenCv,
            Scaling = ValueScaling.Blob,
            BlobScale = scale,
            Mean = mean,
            IsBgr = isBgr,
        };

    /// <summary>
    /// Whether the image is scaled by one factor to fit into the input and padded with grey (114), as
    /// <see cref="LetterboxGeometry"/> says. The class map of the image is cut out of the output, and a map that the graph has
    /// computed is resized by the point at floor(i * scale). <see cref="ShortSide"/> then has no effect.
    /// </summary>
    public bool Letterboxes { get; init; }

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
