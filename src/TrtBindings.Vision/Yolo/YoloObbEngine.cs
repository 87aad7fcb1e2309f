using System.ComponentModel;
using System.Globalization;
using TrtBindings.Vision.Yolo;

namespace TrtBindings.Vision;

/// <summary>Makes engines for YOLO OBB models. The compiler infers the label type and refuses any other model.</summary>
public static class YoloObbEngine
{
    /// <summary>Makes an engine for a loaded model. The engine does not dispose the model.</summary>
    /// <param name="model">A generated class of a YOLO OBB model.</param>
    /// <param name="options">Options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="TensorException">The model's tensors are not those of the family, or contradict an option.</exception>
    public static YoloObbEngine<TLabel> Create<TLabel>(IYoloObbModel<TLabel> model, YoloOptions? options = null)
        where TLabel : unmanaged, Enum
    {
        options = OptionCheck.Copy(model, options);
        return new(YoloLayout.Of(model, YoloRule.Obb, model.Form, 1, options), options);
    }

    /// <summary>For the compiler: chosen for any other model, so that the error says why the model does not fit.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("This is not a YOLO OBB model, which has " + YoloRule.ObbShapes + ModelError.SeeSummary)]
    public static YoloObbEngine<NoLabel> Create(object model, YoloOptions? options = null) =>
        throw ModelError.NotOf(model, YoloRule.Obb);
}

/// <summary>
/// Finds oriented boxes with a YOLO OBB model (YOLOv8, YOLO11, YOLO12, YOLO26). Results equal those of Ultralytics 8.4.190.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
public sealed class YoloObbEngine<TLabel> : DetectionEngine<YoloOrientedDetection<TLabel>>
    where TLabel : unmanaged, Enum
{
    private readonly YoloLayout _layout;
    private readonly YoloPipeline _pipeline;

    internal YoloObbEngine(YoloLayout layout, YoloOptions options)
        : base(layout.Model, layout.Input, options, new YoloObbGpu<TLabel>(layout, options))
    {
        _layout = layout;
        _pipeline = new(
            options, layout.Input.Width, layout.Input.Height, MaxBatch, isRotated: true, layout.Form, layout.Input.Channels,
            layout.Input.Stride);
    }

    private protected override float Filler => _pipeline.Filler;

    private protected override void Load(ImageView image, int index) =>
        _pipeline.Load(image, Runner.ImageAt(index), index);

    private protected override void Place(int width, int height, int index) => _pipeline.Place(width, height, index);

    private protected override void Read(int item, List<YoloOrientedDetection<TLabel>> result, ResultBuffer? buffer)
    {
        var output = _layout.PredictionsOf(Runner, item);
        ref readonly var geometry = ref _pipeline.GeometryOf(item);
        var kept = _pipeline.Find(output);
        result.EnsureCapacity(kept.Length);
        foreach (ref readonly var one in kept)
        {
            var label = _layout.Labels.Of<TLabel>(one.ClassIndex);
            result.Add(new(label, one.ClassIndex, one.Score, geometry.OrientedToImage(output.OrientedBoxAt(one.Source))));
        }
    }
}

/// <summary>One object that a <see cref="YoloObbEngine{TLabel}"/> found.</summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
/// <param name="Label">The class.</param>
/// <param name="ClassIndex">The class's number in the model.</param>
/// <param name="Score">Score of the class, 0 to 1.</param>
/// <param name="Box">The box in pixels of the image. Its corners may lie outside the image.</param>
public readonly record struct YoloOrientedDetection<TLabel>(TLabel Label, int ClassIndex, float Score, OrientedBox Box)
    : IDetection
    where TLabel : unmanaged, Enum
{
    string? IClassification.LabelName => Label.ToString();

    Box IDetection.Box => Box.Enclosing;

    OrientedBox? IDetection.OrientedBox => Box;

    /// <summary>For example <c>Ship 0.91 [320.0 240.0 100.0x50.0 0.79 rad]</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Label} {Score:0.00} {Box}");
}
