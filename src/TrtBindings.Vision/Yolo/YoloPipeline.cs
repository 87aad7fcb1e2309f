namespace TrtBindings.Vision.Yolo;

/// <summary>
/// What a YOLO engine does before and after its model: letterbox, then decoding and suppression. Keeps its buffers. Not
/// thread-safe.
/// </summary>
/// <param name="options">The engine's options.</param>
/// <param name="inputWidth">Width of the model's input.</param>
/// <param name="inputHeight">Height of the model's input.</param>
/// <param name="maxBatch">The most images of one call.</param>
/// <param name="isRotated">Whether the last number of a prediction is an angle.</param>
/// <param name="form">Layout of the output, which says who trained the model.</param>
/// <param name="channels">3, or 1 for brightness.</param>
/// <param name="stride">Multiple that each image is padded to; 0 to pad all to the input's size.</param>
internal class YoloPipeline(
    YoloOptions options, int inputWidth, int inputHeight, int maxBatch = 1, bool isRotated = false,
    YoloForm form = YoloForm.Dense, int channels = 3, int stride = 0)
{
    /// <summary>YOLOX is trained on blue, green, red in 0 to 255.</summary>
    private static readonly PixelEncoding YoloXEncoding = new(1, ChannelValues.All(0), ChannelValues.All(1), IsBgr: true);

    private readonly bool _isYoloX = IsYoloX(form);
    private readonly LinearResizer _topLeft = new();
    private readonly float _iou = IouOf(options, form);

    private readonly LetterboxResizer _resizer = new();
    private readonly LetterboxGeometry[] _geometries = new LetterboxGeometry[maxBatch];
    private readonly Candidate[] _kept = new Candidate[options.MaxDetections];
    private readonly RotatedSuppression? _rotated = isRotated ? new() : null;
    private ulong[] _keys = [];
    private float[] _planes = [];
    private byte[] _grey = [];

    /// <summary>Value of the padding in the model's input.</summary>
    public float Filler => FillerOf(form);

    /// <summary>Whether YOLOX trained the model, with pictures at the top left.</summary>
    public static bool IsYoloX(YoloForm form) => form is YoloForm.YoloX or YoloForm.YoloXDecoded;

    /// <summary>Encoding of a model's input.</summary>
    public static PixelEncoding EncodingOf(YoloForm form) => IsYoloX(form) ? YoloXEncoding : PixelEncoding.UnitRange;

    /// <summary>Value of the padding in a model's input.</summary>
    public static float FillerOf(YoloForm form) =>
        IsYoloX(form) ? LetterboxResizer.PadValue : LetterboxResizer.PadValue / 255f;

    /// <summary>The threshold of suppression.</summary>
    public static float IouOf(YoloOptions options, YoloForm form) => options.Iou
        ?? (form is YoloForm.YoloV5 or YoloForm.YoloX or YoloForm.YoloXDecoded ? YoloOptions.OlderIou : YoloOptions.DefaultIou);

    /// <summary>Letterboxes an image into [channels, height, width] floats.</summary>
    public LetterboxGeometry Load(ImageView image, Span<float> input, int index = 0)
    {
        if (channels == 3) return _geometries[index] = LoadColours(image, input);
        image.ThrowIfEmpty();
        var planes = Scratch.Of(ref _planes, 3 * input.Length);
        _geometries[index] = LoadColours(Brightness.Of(image, ref _grey), planes);
        planes[..input.Length].CopyTo(input);
        return _geometries[index];
    }

    /// <summary>Notes the place of an image that is prepared elsewhere.</summary>
    public void Place(int width, int height, int index) => _geometries[index] = _isYoloX
        ? LetterboxGeometry.FitTopLeft(width, height, inputWidth, inputHeight)
        : LetterboxGeometry.Of(width, height, inputWidth, inputHeight, stride);

    /// <summary>Position of an image of this call in the model's input.</summary>
    public ref readonly LetterboxGeometry GeometryOf(int item) => ref _geometries[item];

    /// <summary>The predictions that are kept, in falling order of score. Valid until the next call.</summary>
    public ReadOnlySpan<Candidate> Find(in YoloOutput output)
    {
        if (!output.IsDense) return _kept.AsSpan(0, EndToEndDecoder.Decode(output, options.Confidence, _kept));
        var found = DenseDecoder.Decode(output, options.Confidence, options.MultiLabel, ref _keys);
        var keys = _keys.AsSpan(0, found);
        var count = _rotated is null
            ? NonMaximumSuppression.Run(output, keys, _iou, options.ClassAgnostic, _kept)
            : _rotated.Run(output, keys, _iou, options.ClassAgnostic, _kept);
        return _kept.AsSpan(0, count);
    }

    private LetterboxGeometry LoadColours(ImageView image, Span<float> input) =>
        _isYoloX ? LoadTopLeft(image, input) : _resizer.Run(image, input, inputWidth, inputHeight, stride);

    private LetterboxGeometry LoadTopLeft(ImageView image, Span<float> input)
    {
        image.ThrowIfEmpty();
        var geometry = LetterboxGeometry.FitTopLeft(image.Width, image.Height, inputWidth, inputHeight);
        var placement = new InputPlacement(inputWidth, inputHeight, geometry.ScaledWidth, geometry.ScaledHeight);
        var planes = new InputPlanes(input, placement, YoloXEncoding);
        planes.Pad(YoloXEncoding.Of(LetterboxResizer.PadValue));
        _topLeft.Run(image, placement.Width, placement.Height, planes);
        return geometry;
    }
}
