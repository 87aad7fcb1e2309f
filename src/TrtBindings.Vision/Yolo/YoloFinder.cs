using TrtBindings.Vision.Engines;
using TrtBindings.Vision.Imaging;

namespace TrtBindings.Vision.Yolo;

/// <summary>
/// What the engines of YOLO models with one output have in common: letterbox, run, decoding, suppression. Not thread-safe.
/// </summary>
internal sealed class YoloFinder
{
    private readonly YoloLayout _layout;
    private readonly LetterboxResizer _resizer = new();
    private readonly LetterboxGeometry[] _geometries;
    private readonly Candidate[] _kept;
    private readonly RotatedSuppression? _rotated;
    private ulong[] _keys = [];

    /// <param name="model">The model.</param>
    /// <param name="family">The family in words.</param>
    /// <param name="form">Layout of the output.</param>
    /// <param name="others">Numbers that the family adds to a box.</param>
    /// <param name="options">What the caller chose.</param>
    /// <param name="isRotated">Whether the last of the numbers added is an angle.</param>
    public YoloFinder(
        IRunnableModel model, string family, YoloForm form, int others, YoloOptions options, bool isRotated = false)
    {
        options.Validate();
        Options = options;
        _layout = YoloLayout.Of(model, family, form, others, options);
        _geometries = new LetterboxGeometry[Input.MaxBatch];
        _kept = new Candidate[options.MaxDetections];
        _rotated = isRotated ? new() : null;
        Runner = new(model, Input, nameof(YoloOptions));
    }

    public YoloOptions Options { get; }

    public ImageInput Input => _layout.Input;

    /// <summary>Runs the model.</summary>
    public ImageRunner Runner { get; }

    /// <summary>Layout of the output.</summary>
    public YoloForm Form => _layout.Form;

    /// <summary>Letterboxes one image into the model's input.</summary>
    public void Load(ImageView image, int index) =>
        _geometries[index] = _resizer.Run(image, Runner.ImageAt(index), Input.Width, Input.Height);

    /// <summary>Where an image of this call lies in the input.</summary>
    public ref readonly LetterboxGeometry GeometryOf(int item) => ref _geometries[item];

    /// <summary>What the model gave for an image of this call.</summary>
    public YoloOutput OutputOf(int batch, int item) => _layout.OutputOf(Runner.Outputs, batch, item);

    /// <summary>What is kept of it, best first. Valid until the next call.</summary>
    public ReadOnlySpan<Candidate> Find(in YoloOutput output)
    {
        if (Form == YoloForm.EndToEnd)
        {
            var kept = _kept.AsSpan(0, EndToEndDecoder.Decode(output, Options.Confidence, _kept));
            foreach (ref readonly var one in kept) _layout.CheckClass(one.ClassIndex);
            return kept;
        }

        var found = DenseDecoder.Decode(output, Options.Confidence, Options.MultiLabel, ref _keys);
        var keys = _keys.AsSpan(0, found);
        var count = _rotated is null
            ? NonMaximumSuppression.Run(output, keys, Options.Iou, Options.ClassAgnostic, _kept)
            : _rotated.Run(output, keys, Options.Iou, Options.ClassAgnostic, _kept);
        return _kept.AsSpan(0, count);
    }
}
