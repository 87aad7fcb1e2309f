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
internal class YoloPipeline(YoloOptions options, int inputWidth, int inputHeight, int maxBatch = 1, bool isRotated = false)
{
    private readonly LetterboxResizer _resizer = new();
    private readonly LetterboxGeometry[] _geometries = new LetterboxGeometry[maxBatch];
    private readonly Candidate[] _kept = new Candidate[options.MaxDetections];
    private readonly RotatedSuppression? _rotated = isRotated ? new() : null;
    private ulong[] _keys = [];

    /// <summary>Width of the model's input.</summary>
    public int InputWidth => inputWidth;

    /// <summary>Height of the model's input.</summary>
    public int InputHeight => inputHeight;

    /// <summary>Value of the padding in the model's input.</summary>
    public static float Filler => LetterboxResizer.PadValue / 255f;

    /// <summary>Letterboxes an image into [3, height, width] floats.</summary>
    public LetterboxGeometry Load(ImageView image, Span<float> input, int index = 0) =>
        _geometries[index] = _resizer.Run(image, input, inputWidth, inputHeight);

    /// <summary>Position of an image of this call in the model's input.</summary>
    public ref readonly LetterboxGeometry GeometryOf(int item) => ref _geometries[item];

    /// <summary>The predictions that are kept, in falling order of score. Valid until the next call.</summary>
    public ReadOnlySpan<Candidate> Find(in YoloOutput output)
    {
        if (!output.IsDense) return _kept.AsSpan(0, EndToEndDecoder.Decode(output, options.Confidence, _kept));
        var found = DenseDecoder.Decode(output, options.Confidence, options.MultiLabel, ref _keys);
        var keys = _keys.AsSpan(0, found);
        var count = _rotated is null
            ? NonMaximumSuppression.Run(output, keys, options.Iou, options.ClassAgnostic, _kept)
            : _rotated.Run(output, keys, options.Iou, options.ClassAgnostic, _kept);
        return _kept.AsSpan(0, count);
    }
}
