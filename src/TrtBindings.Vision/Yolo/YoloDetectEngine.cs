using System.ComponentModel;
using TrtBindings.Vision.Yolo;

namespace TrtBindings.Vision;

/// <summary>Makes engines for YOLO detection models. The compiler infers the label type and refuses any other model.</summary>
public static class YoloDetectEngine
{
    /// <summary>Makes an engine for a loaded model. The engine does not dispose the model.</summary>
    /// <param name="model">A generated class of a YOLO detection model.</param>
    /// <param name="options">Options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="TensorException">The model's tensors are not those of the family, or contradict an option.</exception>
    public static YoloDetectEngine<TLabel> Create<TLabel>(IYoloDetectModel<TLabel> model, YoloOptions? options = null)
        where TLabel : unmanaged, Enum
    {
        options = OptionCheck.Copy(model, options);
        return new(YoloLayout.Of(model, YoloRule.Detect, model.Form, 0, options), options);
    }

    /// <summary>For the compiler: chosen for any other model, so that the error says why the model does not fit.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("This is not a YOLO detection model, which has " + YoloRule.DetectShapes + ModelError.SeeSummary)]
    public static YoloDetectEngine<NoLabel> Create(object model, YoloOptions? options = null) =>
        throw ModelError.NotOf(model, YoloRule.Detect);
}

/// <summary>
/// Finds objects with a YOLO detection model: YOLOv8, YOLO11, YOLO12, YOLO26, and those that <see cref="YoloForm"/> names.
/// Results equal those of Ultralytics 8.4.190. Boxes are clipped to the image.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
public sealed class YoloDetectEngine<TLabel> : DetectionEngine<Detection<TLabel>>
    where TLabel : unmanaged, Enum
{
    private readonly YoloLayout _layout;
    private readonly YoloPipeline _pipeline;

    internal YoloDetectEngine(YoloLayout layout, YoloOptions options)
        : base(layout.Model, layout.Input, options, new YoloDetectGpu<TLabel>(layout, options))
    {
        _layout = layout;
        _pipeline = new(
            options, layout.Input.Width, layout.Input.Height, MaxBatch, form: layout.Form, channels: layout.Input.Channels,
            stride: layout.Input.Stride);
    }

    private protected override float Filler => _pipeline.Filler;

    private protected override void Load(ImageView image, int index) =>
        _pipeline.Load(image, Runner.ImageAt(index), index);

    private protected override void Place(int width, int height, int index) => _pipeline.Place(width, height, index);

    private protected override void Read(int item, List<Detection<TLabel>> result, ResultBuffer? buffer)
    {
        ref readonly var geometry = ref _pipeline.GeometryOf(item);
        var kept = _pipeline.Find(_layout.PredictionsOf(Runner, item));
        result.EnsureCapacity(kept.Length);
        foreach (ref readonly var one in kept)
        {
            var label = _layout.Labels.Of<TLabel>(one.ClassIndex);
            result.Add(new(label, one.ClassIndex, one.Score, geometry.ToImage(one.Box)));
        }
    }
}
