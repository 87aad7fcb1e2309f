using System.ComponentModel;
using TrtBindings.Vision.Gpu.Families;

namespace TrtBindings.Vision;

/// <summary>Makes engines for RT-DETR models. The compiler infers the label type and refuses any other model.</summary>
public static class RtDetrEngine
{
    /// <summary>Makes an engine for a loaded model. The engine does not dispose the model.</summary>
    /// <param name="model">A generated class of an RT-DETR model.</param>
    /// <param name="options">Options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="TensorException">The model's tensors are not those of the family, or contradict an option.</exception>
    public static RtDetrEngine<TLabel> Create<TLabel>(IRtDetrModel<TLabel> model, RtDetrOptions? options = null)
        where TLabel : unmanaged, Enum
    {
        options = OptionCheck.Copy(model, options);
        var signature = model.Signature;
        ModelError.ThrowIf(model, RtDetrRule.Instance, RtDetrRule.TensorProblem(signature.Inputs, signature.Outputs)
            ?? RtDetrRule.SizeProblem(
                model.Form == RtDetrForm.Rows, signature.Outputs[0].Shape.Dimensions[2].Value, signature.Labels.Count));
        return new(model, ImageInput.Of(model, options), options);
    }

    /// <summary>For the compiler: chosen for any other model, so that the error says why the model does not fit.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("This is not an RT-DETR model, which has " + RtDetrRule.Wanted + ModelError.SeeSummary)]
    public static RtDetrEngine<NoLabel> Create(object model, RtDetrOptions? options = null) =>
        throw ModelError.NotOf(model, RtDetrRule.Instance);
}

/// <summary>
/// Finds objects with an RT-DETR as Ultralytics exports it. The image is stretched to the model's input; boxes are not clipped,
/// and nothing is suppressed. Results equal those of Ultralytics 8.4.190.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
public sealed class RtDetrEngine<TLabel> : DetectionEngine<Detection<TLabel>>
    where TLabel : unmanaged, Enum
{
    private readonly RtDetrOptions _options;
    private readonly ClassLabels _labels;
    private readonly bool _hasClass;
    private readonly bool _isOpen;
    private readonly LinearResizer _resizer = new();
    private readonly (int Width, int Height)[] _sizes;
    private ulong[] _order = [];

    internal RtDetrEngine(IRtDetrModel<TLabel> model, ImageInput input, RtDetrOptions options)
        : base(model, input, options, new RtDetrGpu<List<Detection<TLabel>>>(input))
    {
        (_options, _labels, _hasClass) = (options, new(model.Signature), model.Form == RtDetrForm.Rows);
        _isOpen = _labels.Count == 0;
        _sizes = new (int, int)[MaxBatch];
    }

    private protected override void Place(int width, int height, int index) => _sizes[index] = (width, height);

    private protected override void Load(ImageView image, int index)
    {
        Place(image.Width, image.Height, index);
        var (width, height) = (Runner.Input.Width, Runner.Input.Height);
        var planes = new InputPlanes(Runner.ImageAt(index), new(width, height, width, height), PixelEncoding.UnitRange);
        _resizer.Run(image, width, height, planes);
    }

    private protected override void Read(int item, List<Detection<TLabel>> result, ResultBuffer? buffer)
    {
        var values = ValuesOf(item, out var columns);
        if (!_hasClass || (_isOpen && HasScores(values, columns)))
        {
            ReadScores(values, columns, item, result);
            return;
        }

        for (var at = 0; at < values.Length && result.Count < _options.MaxDetections; at += columns)
        {
            if (values[at + 4] > _options.Confidence)
                Add(values.Slice(at, 4), ClassLabels.Nearest(values[at + 5]), values[at + 4], item, result);
        }
    }

    /// <summary>
    /// Whether rows of six numbers hold the scores of two classes, as older exports have it: then a last number lies between 0
    /// and 1, where no class is. Asked only if neither names nor head tell.
    /// </summary>
    private static bool HasScores(ReadOnlySpan<float> values, int columns)
    {
        for (var at = 5; at < values.Length; at += columns)
            if (values[at] is > 0 and < 1) return true;
        return false;
    }

    /// <summary>
    /// Takes the best class of each row, and the rows in falling order of that score; of equal scores the first.
    /// </summary>
    private void ReadScores(ReadOnlySpan<float> values, int columns, int item, List<Detection<TLabel>> result)
    {
        var rows = values.Length / columns;
        if (_order.Length < rows) _order = new ulong[rows];
        var count = 0;
        for (var row = 0; row < rows; row++)
        {
            var score = values[(row * columns) + 4 + BestOf(values.Slice((row * columns) + 4, columns - 4))];
            // The complement of a positive float's bits sorts it downwards.
            if (score > _options.Confidence)
                _order[count++] = ((ulong)~BitConverter.SingleToUInt32Bits(score) << 32) | (uint)row;
        }

        _order.AsSpan(0, count).Sort();
        foreach (var key in _order.AsSpan(0, Math.Min(count, _options.MaxDetections)))
        {
            var row = values.Slice((int)(uint)key * columns, columns);
            var best = BestOf(row[4..]);
            Add(row, best, row[4 + best], item, result);
        }
    }

    private static int BestOf(ReadOnlySpan<float> scores)
    {
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
            if (scores[i] > scores[best] || float.IsNaN(scores[best])) best = i;
        return best;
    }

    private void Add(ReadOnlySpan<float> box, int classIndex, float score, int item, List<Detection<TLabel>> result)
    {
        var (width, height) = _sizes[item];
        var (x, y, halfWidth, halfHeight) = (box[0], box[1], box[2] / 2, box[3] / 2);
        result.Add(new(_labels.Of<TLabel>(classIndex), classIndex, score, new(
            (x - halfWidth) * width, (y - halfHeight) * height, (x + halfWidth) * width, (y + halfHeight) * height)));
    }

    private ReadOnlySpan<float> ValuesOf(int item, out int columns)
    {
        var output = Runner.Outputs[0];
        var lengths = output.Lengths;
        var problem = lengths.Length != 3 || lengths[0] != Runner.Batch ? "must have three dimensions and that batch"
            : RtDetrRule.SizeProblem(_hasClass, lengths[2], _labels.Count);
        if (problem is not null) throw ModelError.Unexpected(output, Runner.Batch, problem);
        columns = (int)lengths[2];
        var length = (int)lengths[1] * columns;
        return Runner.FloatsOf(0).Slice(item * length, length);
    }
}
