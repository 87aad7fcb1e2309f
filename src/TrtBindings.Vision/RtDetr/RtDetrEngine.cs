using System.ComponentModel;
using TrtBindings.Vision.RtDetr;

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
    private readonly ClassLabels _labels;
    private readonly bool _hasClass;
    private readonly RtDetrReader _reader;
    private readonly LinearResizer _resizer = new();
    private readonly (int Width, int Height)[] _sizes;

    internal RtDetrEngine(IRtDetrModel<TLabel> model, ImageInput input, RtDetrOptions options)
        : base(model, input, options, new RtDetrGpu<TLabel>(model, input, options))
    {
        (_labels, _hasClass) = (new(model.Signature), model.Form == RtDetrForm.Rows);
        _reader = new(options, _labels, _hasClass);
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
        _reader.Read(values, columns, _sizes[item], result);
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
