namespace TrtBindings.Vision;

/// <summary>
/// How images are prepared for a classification model: resized, the middle cut out, encoded.
/// <see cref="ImagePreprocessing"/> says the rest.
/// </summary>
public sealed record ClassificationPreprocessing : ImagePreprocessing
{
    /// <summary>
    /// torchvision's <c>ImageClassification</c> transform with its defaults, which most of its weights use: shorter side 256,
    /// bilinear, ImageNet's mean and deviation. For weights whose <c>transforms()</c> have other numbers use <c>with</c>, for
    /// example <c>Torchvision with { ShortSide = 384, Filter = ResizeFilter.Bicubic }</c>.
    /// </summary>
    public static ClassificationPreprocessing Torchvision { get; } = new()
    {
        ShortSide = 256,
        Mean = ImageNet.Mean,
        Deviation = ImageNet.Deviation,
    };

    /// <summary>
    /// The same transform of a uint8 tensor in place of a PIL picture: torchvision's first API resizes it in floats and rounds.
    /// </summary>
    public static ClassificationPreprocessing TorchvisionTensor { get; } =
        Torchvision with { Resizer = ImageResizer.Torchvision };

    /// <summary>
    /// The same steps of torchvision's <c>transforms.v2</c> on a uint8 tensor: <c>Resize(256)</c>, <c>CenterCrop</c>,
    /// <c>ToDtype(float32, scale=True)</c>, <c>Normalize</c>.
    /// </summary>
    public static ClassificationPreprocessing TorchvisionV2 { get; } =
        Torchvision with { Resizer = ImageResizer.TorchvisionV2, Scaling = ValueScaling.Multiplied };

    /// <summary>
    /// timm's evaluation transform as its Vision Transformers use it (<c>vit_base_patch16_224</c>): the crop is 0.9 of the
    /// shorter side, bicubic, mean and deviation 0.5. For models whose <c>pretrained_cfg</c> has other numbers
    /// (<c>crop_pct</c>, <c>interpolation</c>, <c>mean</c>, <c>std</c>) use <c>with</c>.
    /// </summary>
    public static ClassificationPreprocessing Timm { get; } = new()
    {
        CropFraction = 0.9,
        Filter = ResizeFilter.Bicubic,
        Mean = ChannelValues.All(0.5f),
        Deviation = ChannelValues.All(0.5f),
    };

    /// <summary>
    /// timm's evaluation transform with timm's defaults, which most of its convolutional networks use: the crop is 0.875 of the
    /// shorter side, bicubic, ImageNet's mean and deviation.
    /// </summary>
    public static ClassificationPreprocessing TimmImageNet { get; } = new()
    {
        CropFraction = 0.875,
        Filter = ResizeFilter.Bicubic,
        Mean = ImageNet.Mean,
        Deviation = ImageNet.Deviation,
    };

    /// <summary>
    /// Ultralytics' <c>-cls</c> models: the shorter side is that of the crop, bilinear, values in 0 to 1. An input that is not
    /// square gets the whole image, stretched.
    /// </summary>
    public static ClassificationPreprocessing Ultralytics { get; } = new() { StretchesToOblong = true };

    /// <summary>
    /// The preset that the metadata of a model names; <see langword="null"/> if it names none, as that of torchvision's and
    /// timm's exports.
    /// </summary>
    public static ClassificationPreprocessing? Of(ModelDescription model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return UltralyticsSays.Classifies(model) ? Ultralytics : null;
    }

    /// <summary>
    /// Whether the image covers the input as in OpenCV's <c>blobFromImage</c> with <c>crop=True</c>: one factor in single
    /// precision, the corner of the middle truncated. <see cref="ShortSide"/> and <see cref="CropFraction"/> then have no effect.
    /// </summary>
    public bool CropsAsBlob { get; init; }

    /// <summary>Whether the whole image is stretched to the input; then nothing is cut off.</summary>
    public bool Stretches { get; init; }

    /// <summary>
    /// Length in pixels that the image's shorter side is resized to, at least the crop's; the longer side becomes
    /// int(ShortSide * long / short). <see langword="null"/> uses <see cref="CropFraction"/>.
    /// </summary>
    public int? ShortSide { get; init; }

    /// <summary>
    /// Without <see cref="ShortSide"/>: the crop as a share of the resized image's shorter side, which becomes
    /// floor(crop / CropFraction); above 0, at most 1. For a crop that is not square the image is made just large enough to
    /// cover both sides divided by this.
    /// </summary>
    public double CropFraction { get; init; } = 1;

    /// <summary>Whether a model whose input is not square gets the whole image, stretched to it.</summary>
    public bool StretchesToOblong { get; init; }

    /// <summary>
    /// OpenCV's <c>blobFromImage</c>: INTER_LINEAR, then (value - mean) * scale. The numbers are those of the call, for red,
    /// green and blue; <c>swapRB</c> is <see cref="ImagePreprocessing.IsBgr"/> turned round for OpenCV's BGR pictures.
    /// </summary>
    /// <param name="scale">scalefactor, for example 1 / 255f.</param>
    /// <param name="mean">mean, in 0 to 255.</param>
    /// <param name="crops">crop: covers the input and cuts the middle out; otherwise the whole image is stretched.</param>
    /// <param name="isBgr">Whether the model's first channel is blue, as without swapRB.</param>
    public static ClassificationPreprocessing OpenCvBlob(
        float scale, ChannelValues mean = default, bool crops = false, bool isBgr = false) =>
        new()
        {
            Resizer = ImageResizer.OpenCv,
            Scaling = ValueScaling.Blob,
            BlobScale = scale,
            Mean = mean,
            CropsAsBlob = crops,
            Stretches = !crops,
            IsBgr = isBgr,
        };

    /// <summary>The resize and the crop for an image and an input of these sizes.</summary>
    internal CropGeometry Crop(int imageWidth, int imageHeight, int width, int height)
    {
        if (CropsAsBlob) return CropGeometry.OfBlob(imageWidth, imageHeight, width, height);
        if (Stretches || (width != height && StretchesToOblong)) return CropGeometry.Stretched(width, height);
        if (ShortSide is { } side) return CropGeometry.OfShortSide(imageWidth, imageHeight, side, width, height);
        var (wide, high) = ((int)Math.Floor(width / CropFraction), (int)Math.Floor(height / CropFraction));
        if (wide == high) return CropGeometry.OfShortSide(imageWidth, imageHeight, wide, width, height);
        var ratio = Math.Min(imageWidth / (double)wide, imageHeight / (double)high);
        return CropGeometry.Centred(
            (int)Math.Round(imageWidth / ratio), (int)Math.Round(imageHeight / ratio), width, height);
    }

    /// <summary>Checks the values for an input of a size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the value and its range.</exception>
    internal void Validate(int width, int height)
    {
        ValidateEncoding();
        if (!(CropFraction is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(CropFraction), CropFraction, "CropFraction must be above 0, at most 1.");
        if (ShortSide is { } side && side < Math.Max(width, height) && !CropsAsBlob && !Stretches
            && !(width != height && StretchesToOblong))
        {
            throw new ArgumentOutOfRangeException(nameof(ShortSide), side,
                $"ShortSide must be at least the model's input, which is {width} x {height}.");
        }
    }
}
