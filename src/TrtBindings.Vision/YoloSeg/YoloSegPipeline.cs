using TrtBindings.Vision.Geometry;
using TrtBindings.Vision.Imaging;
using TrtBindings.Vision.Yolo;

namespace TrtBindings.Vision.YoloSeg;

/// <summary>
/// Everything of a YOLO-seg engine but the model: image to input, outputs to instances. Keeps its buffers, so that
/// only masks and the caller's own results are allocated. Not thread-safe. Each image is handled for itself: its
/// result does not depend on its place in a batch.
/// </summary>
internal sealed class YoloSegPipeline
{
    private readonly YoloSegOptions _options;
    private readonly LetterboxResizer _resizer = new();
    private readonly MaskDecoder _masks = new();
    private readonly Candidate[] _kept;
    private readonly YoloSegInstance[] _instances;
    private ulong[] _keys = [];
    private float[] _coefficients = [];

    /// <summary>A pipeline for one input size.</summary>
    public YoloSegPipeline(YoloSegOptions options, int inputWidth, int inputHeight)
    {
        _options = options;
        InputWidth = inputWidth;
        InputHeight = inputHeight;
        _kept = new Candidate[options.MaxDetections];
        _instances = new YoloSegInstance[options.MaxDetections];
    }

    public int InputWidth { get; }

    public int InputHeight { get; }

    /// <summary>Floats of one image in the model's input.</summary>
    public int InputLength => 3 * InputWidth * InputHeight;

    /// <summary>Letterboxes an image into [3, height, width] floats.</summary>
    public LetterboxGeometry Preprocess(ImageView image, Span<float> input) =>
        _resizer.Run(image, input, InputWidth, InputHeight);

    /// <summary>The instances of one image, best first. Valid until the next call.</summary>
    public ReadOnlySpan<YoloSegInstance> Postprocess(
        scoped in YoloSegHead head, in LetterboxGeometry geometry, MaskBuffer? buffer = null)
    {
        var count = Select(head);
        if (_coefficients.Length < head.Coefficients) _coefficients = new float[head.Coefficients];
        for (var i = 0; i < count; i++)
        {
            ref readonly var candidate = ref _kept[i];
            var box = geometry.ToImage(candidate.Box);
            _instances[i] = new(candidate.ClassIndex, candidate.Score, box, MaskOf(head, candidate, box, geometry, buffer));
        }

        return _instances.AsSpan(0, count);
    }

    /// <summary>Forgets the last results, so that they can be collected.</summary>
    public void Release() => Array.Clear(_instances);

    private int Select(in YoloSegHead head)
    {
        if (head.Form == YoloForm.EndToEnd) return EndToEndDecoder.Decode(head, _options.Confidence, _kept);
        var found = DenseDecoder.Decode(head, _options.Confidence, _options.MultiLabel, ref _keys);
        return NonMaximumSuppression.Run(head, _keys.AsSpan(0, found), _options.Iou, _options.ClassAgnostic, _kept);
    }

    private Mask? MaskOf(
        in YoloSegHead head, in Candidate candidate, Box imageBox, in LetterboxGeometry geometry, MaskBuffer? buffer)
    {
        switch (_options.MaskSpace)
        {
            case MaskSpace.Image:
                var window = PrototypeWindow.Of(
                    geometry.ImageWidth, geometry.ImageHeight, head.GridWidth, head.GridHeight);
                return _masks.Decode(
                    head, Coefficients(head, candidate.Source), window, imageBox,
                    geometry.ImageWidth, geometry.ImageHeight, buffer);
            case MaskSpace.Model:
                // The box in the input, not one taken to the image and back.
                return _masks.Decode(
                    head, Coefficients(head, candidate.Source), PrototypeWindow.Whole(head.GridWidth, head.GridHeight),
                    candidate.Box, InputWidth, InputHeight, buffer);
            default:
                return null;
        }
    }

    private ReadOnlySpan<float> Coefficients(in YoloSegHead head, int source)
    {
        if (head.Form == YoloForm.EndToEnd)
            return head.Predictions.Slice((source * head.Columns) + 6, head.Coefficients);
        var first = head.Rows - head.Coefficients;
        for (var m = 0; m < head.Coefficients; m++)
            _coefficients[m] = head.Predictions[((first + m) * head.Columns) + source];
        return _coefficients.AsSpan(0, head.Coefficients);
    }
}
